import { setTimeout as sleep } from 'node:timers/promises';
import type { RecordId } from '../../../shared/ledger/record-id.ts';
import type { Moves } from './moves.ts';
import type { PlannedTransfer } from './plan.ts';

/** What whoever asked for a command knows of it. */
export type Knowledge = 'done' | 'refused' | 'unknown';

/** A command of a run: one request of one user. */
export interface Command {
  readonly transferId: RecordId;
  readonly event: 'open' | 'email-confirm' | 'confirm' | 'cancel';
  readonly knowledge: Knowledge;
  /** What it failed with, where nothing is known. */
  readonly error?: string;
}

/** When a request is given up (design: 27 s). */
const DEADLINE_MS = 27_000;

const byDeadline = async <T>(work: Promise<T>): Promise<T> => {
  const abort = new AbortController();
  const late = sleep(DEADLINE_MS, undefined, { signal: abort.signal }).then(() => {
    throw new Error('The deadline passed.');
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    abort.abort();
    late.catch(() => undefined);
  }
};

const nameOf = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));

/** Makes one transfer as far as it goes, and tells of each command, also of those that are about to begin. */
const makeTransfer = async (
  moves: Moves,
  plan: PlannedTransfer,
  tell: (command: Command) => void,
  onIntent: (command: Pick<Command, 'transferId' | 'event'>) => void,
): Promise<void> => {
  let transferId = 0;
  let event: Command['event'] = 'open';
  try {
    const opening = moves.open(plan, (id) => {
      transferId = id;
      onIntent({ transferId, event });
    });
    let transfer = await byDeadline(opening);
    tell({ transferId, event, knowledge: transfer ? 'done' : 'refused' });
    if (!transfer) return;
    for (event of plan.ends === 'confirm' ? (['email-confirm', 'confirm'] as const) : (['cancel'] as const)) {
      onIntent({ transferId, event });
      transfer = await byDeadline(moves.step(transfer, event));
      tell({ transferId, event, knowledge: 'done' });
    }
  } catch (error) {
    tell({ transferId, event, knowledge: 'unknown', error: nameOf(error) });
  }
};

export interface Workers {
  /** One a worker. */
  readonly moves: readonly Moves[];
  readonly plans: readonly PlannedTransfer[];
  readonly tell: (command: Command) => void;
  /** Told before a command is asked for. */
  readonly onIntent?: (command: Pick<Command, 'transferId' | 'event'>) => void;
}

/** Each worker makes one transfer after the other, of one list that all share. */
export const runWorkers = async ({ moves, plans, tell, onIntent = () => {} }: Workers): Promise<void> => {
  const rest = plans.values();
  await Promise.all(
    moves.map(async (own) => {
      for (const plan of rest) await makeTransfer(own, plan, tell, onIntent);
    }),
  );
};
