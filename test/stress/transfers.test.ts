import { describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../../shared/platform/clock.ts';
import { type Arena, inArena } from '../support/ledger-run/arena.ts';
import { createMoves } from '../support/ledger-run/moves.ts';
import { planTransfers } from '../support/ledger-run/plan.ts';
import { type Command, runWorkers } from '../support/ledger-run/run.ts';
import { type Snapshot, takeSnapshot } from '../support/ledger-run/snapshot.ts';
import { reportRun, runSeed, sized } from '../support/ledger-run/soak.ts';

const WORKERS = 64;
const TRANSFERS = sized(300, 10_000);
const SNAPSHOT_PAUSE_MS = sized(100, 500);

/** Takes snapshots until the work is over. */
const watch = async ({ engine, names }: Arena, work: Promise<void>): Promise<readonly Snapshot[]> => {
  const snapshots: Snapshot[] = [];
  const state = { running: true };
  const over = work.finally(() => {
    state.running = false;
  });
  while (state.running) {
    snapshots.push(await takeSnapshot(engine.client, names));
    await sleep(SNAPSHOT_PAUSE_MS);
  }
  await over;
  return snapshots;
};

const seed = runSeed();

const many = async (arena: Arena): Promise<void> => {
  const { layer, names, total } = arena;
  const plans = planTransfers(seed, { names, count: TRANSFERS, mostUnits: 10_000 });
  const moves = Array.from({ length: WORKERS }, () => createMoves(layer.client(), systemClock));
  const commands: Command[] = [];
  const started = performance.now();
  const snapshots = await watch(arena, runWorkers({ moves, plans, tell: (command) => commands.push(command) }));
  const seconds = (performance.now() - started) / 1000;

  const of = (knowledge: string): number => commands.filter((one) => one.knowledge === knowledge).length;
  const { calls, met, atOnce } = layer.counts;
  reportRun(`${WORKERS} workers, 50 accounts of skewed popularity`, seed, {
    transfers: TRANSFERS,
    commands: commands.length,
    refused: of('refused'),
    'given up': of('unknown'),
    snapshots: snapshots.length,
    conflicts: JSON.stringify(Object.fromEntries(met)),
    'calls a command': (calls / commands.length).toFixed(2),
    'calls at once': atOnce,
    'transactions at once': layer.peak(),
    seconds: seconds.toFixed(0),
  });
  expect(await arena.judge(commands)).toEqual([]);
  expect(new Set(snapshots.map(({ users, treasury }) => `${users} ${treasury}`))).toEqual(
    new Set([`${total} ${-total}`]),
  );
  expect(snapshots.filter(({ least }) => least < 0n)).toEqual([]);
  expect(snapshots.length).toBeGreaterThan(2);
  // They ran at once and met, and money was missing to some: else this shows nothing.
  expect(atOnce).toBeGreaterThan(WORKERS / 4);
  expect(layer.peak()).toBeGreaterThan(1);
  expect(met.get('USER/ACCOUNT')).toBeGreaterThan(0);
  expect(of('refused')).toBeGreaterThan(0);
  expect(of('done')).toBeGreaterThan(TRANSFERS);
};

describe(`many workers among few accounts (SEED=${seed})`, () => {
  it(
    'keep the total at every snapshot, nothing below zero, and two opposite entries a movement',
    () => inArena({ accounts: 50, each: 20_000n }, { seed, holdMs: 2, lanes: 6 }, many),
    sized(120_000, 1_800_000),
  );
});
