import { verifyPart } from '../../../shared/ledger/verify/verify.ts';
import { systemClock } from '../../../shared/platform/clock.ts';
import { systemRandom } from '../../../shared/platform/random.ts';
import { createTable } from '../../../shared/platform/table.ts';
import { documentClientFor } from '../document-client.ts';
import { type Engine, startEngine, testTable } from '../engine.ts';
import { createFaultLayer, type FaultLayer, type FaultOptions } from '../ledger-faults/fault-layer.ts';
import { readEverything } from './everything.ts';
import { judge, type Complaints } from './judge.ts';
import { judgeCommands } from './judge-commands.ts';
import { createMoves } from './moves.ts';
import { accountNames } from './plan.ts';
import type { Command } from './run.ts';

/** A ledger of its own with funded accounts, and faults between it and those who use it. */
export interface Arena {
  readonly engine: Engine;
  readonly layer: FaultLayer;
  readonly names: readonly string[];
  /** What all accounts hold together. */
  readonly total: bigint;
  /** Judges the ledger at rest, by the rules of the tests and by those that staff verify it with, and what was acknowledged against it. */
  readonly judge: (commands: readonly Command[]) => Promise<Complaints>;
  readonly stop: () => Promise<void>;
}

const MOST_PROBLEMS = 100;

const startArena = async (
  { accounts, each }: { readonly accounts: number; readonly each: bigint },
  faults: Omit<FaultOptions, 'endpoint'>,
): Promise<Arena> => {
  const engine = await startEngine();
  const names = accountNames(accounts);
  const quiet = createMoves(documentClientFor(engine.endpoint), systemClock);
  for (const name of names) await quiet.deposit(name, each);
  const layer = createFaultLayer({ ...faults, endpoint: engine.endpoint });
  const stop = async (): Promise<void> => {
    layer.close();
    await engine.stop();
  };
  const judgeAll = async (commands: readonly Command[]): Promise<Complaints> => {
    const everything = await readEverything(engine.client);
    const { problems, next } = await verifyPart(
      { clock: systemClock, random: systemRandom, tables: { ledger: createTable(engine.client, testTable('ledger')) } },
      undefined,
      { until: Infinity, items: Infinity, problems: MOST_PROBLEMS },
    );
    return [
      ...judge(everything),
      ...judgeCommands(everything, commands),
      ...problems.map(({ kind, where, detail }) => `${kind} at ${where}: ${detail}`),
      ...(next === null ? [] : ['the ledger was not verified to its end']),
    ];
  };
  return { engine, layer, names, total: each * BigInt(accounts), judge: judgeAll, stop };
};

/** Gives a run its arena, and clears it away whatever happens. */
export const inArena = async (
  accounts: Parameters<typeof startArena>[0],
  faults: Parameters<typeof startArena>[1],
  run: (arena: Arena) => Promise<void>,
): Promise<void> => {
  const arena = await startArena(accounts, faults);
  try {
    await run(arena);
  } finally {
    await arena.stop();
  }
};
