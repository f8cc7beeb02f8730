import * as z from 'zod/mini';
import type { ledgerReconciler } from '../../contracts/jobs.ts';
import { SECOND } from '../../platform/clock.ts';
import type { Platform } from '../../platform/platform.ts';
import { ABSENT, type Key } from '../../platform/writes.ts';
import { cursorText, parseCursor } from './cursor.ts';
import { type Bounds, verifyPart } from './verify.ts';

/** What one run does: the cost of a day is this times the runs of a day. */
const ITEMS = 20_000;
const LONGEST = 18 * SECOND;
const MOST_PROBLEMS = 500;

const KEY: Key = { pk: 'RECONCILER', sk: 'STATE' };

const pass = z.object({ startedAt: z.int(), endedAt: z.int(), items: z.int(), problems: z.int() });

const stateItem = z.object({
  /** Runs so far: of two at once, one is kept. */
  run: z.int(),
  /** Where the present pass stopped; null between two passes. */
  cursor: z.nullable(z.string()),
  startedAt: z.int(),
  items: z.int(),
  problems: z.int(),
  /** The last pass that came to the end. */
  last: z.nullable(pass),
});

/** How far the reconciler is, and what it found. */
export type ReconcilerState = Readonly<z.output<typeof stateItem>>;

type Reconciling = Platform<(typeof ledgerReconciler)['uses']>;

/** `undefined` before the first run. */
export const readReconciler = async ({ tables }: Pick<Reconciling, 'tables'>): Promise<ReconcilerState | undefined> => {
  const item = await tables.ledger.get(KEY);
  return item && stateItem.parse(item);
};

const FRESH = { cursor: null, items: 0, problems: 0 } as const;

/**
 * Goes on proving the ledger where the run before stopped, begins anew after the end, logs each problem and keeps the
 * result of the last whole pass. A problem is logged once a pass, for as long as it is there.
 *
 * @returns counts of this run.
 */
export const reconcile = async (platform: Reconciling, bounds?: Partial<Bounds>) => {
  const { tables, clock, commit, log } = platform;
  const now = clock.now();
  const seen = await readReconciler(platform);
  // A cursor of another version is none: the pass begins anew.
  const from = seen?.cursor ? parseCursor(seen.cursor) : undefined;
  const begun = from && seen ? seen : { ...FRESH, startedAt: now };
  const part = await verifyPart(platform, from, {
    until: now + LONGEST,
    items: ITEMS,
    problems: MOST_PROBLEMS,
    ...bounds,
  });
  for (const { kind, where } of part.problems) log('LEDGER_PROBLEM', { problem: kind, where });
  const items = begun.items + part.checked.items;
  const problems = begun.problems + part.problems.length;
  const { startedAt } = begun;
  const state: ReconcilerState = {
    run: (seen?.run ?? 0) + 1,
    startedAt,
    ...(part.next
      ? { cursor: cursorText(part.next), items, problems, last: seen?.last ?? null }
      : { ...FRESH, last: { startedAt, endedAt: clock.now(), items, problems } }),
  };
  const unchanged = seen ? { condition: 'run = :run', values: { ':run': seen.run } } : ABSENT;
  const { committed } = await commit([tables.ledger.put({ ...KEY, ...state }, unchanged)]);
  return {
    items: part.checked.items,
    problems: part.problems.length,
    unsettled: part.checked.unsettled,
    endedPasses: committed && !part.next ? 1 : 0,
    passAgeMs: clock.now() - (state.last?.endedAt ?? startedAt),
  };
};
