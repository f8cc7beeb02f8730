import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readBack } from '../support/ledger-run/acknowledgements.ts';
import { type Arena, inArena } from '../support/ledger-run/arena.ts';
import { readEverything } from '../support/ledger-run/everything.ts';
import { reportRun, runSeed, sized } from '../support/ledger-run/soak.ts';
import { seededRandomInt } from '../support/seeded-random.ts';

const ACCOUNTS = 50;
const PROCESSES = sized(2, 4);
const KILLS = sized(6, 100);
const LONGEST_LIFE_MS = sized(1_500, 4_000);
const POLL_MS = 10;
const START_TIMEOUT_MS = 30_000;
const WORKER = fileURLToPath(new URL('../support/ledger-run/killed-worker.ts', import.meta.url));

const seed = runSeed();

/** Runs a process until it has begun to work, and a random while longer. */
const runAndKill = async (orders: { readonly file: string }, lifeMs: number): Promise<NodeJS.Signals | null> => {
  const child = spawn(process.execPath, [WORKER, JSON.stringify(orders)], { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = once(child, 'exit');
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (!existsSync(orders.file) && child.exitCode === null && performance.now() < deadline) await sleep(POLL_MS);
  await sleep(lifeMs);
  child.kill('SIGKILL');
  await ended;
  return child.signalCode;
};

const killMany = async ({ engine, judge }: Arena): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'killed-'));
  const int = seededRandomInt(seed);
  const lives = Array.from({ length: KILLS }, (_, index) => ({
    file: join(folder, `${index}.log`),
    seed: int(2 ** 31),
    lifeMs: int(LONGEST_LIFE_MS),
  }));
  const common = { endpoint: engine.endpoint, accounts: ACCOUNTS };
  const rest = lives.values();
  const signals: (NodeJS.Signals | null)[] = [];
  await Promise.all(
    Array.from({ length: PROCESSES }, async () => {
      for (const { lifeMs, ...life } of rest) signals.push(await runAndKill({ ...life, ...common }, lifeMs));
    }),
  );
  const commands = lives.flatMap(({ file }) => readBack(file));
  rmSync(folder, { recursive: true });
  const unknown = commands.filter(({ knowledge }) => knowledge === 'unknown');
  const { transfers } = await readEverything(engine.client);
  const there = new Set(transfers.map(({ value }) => value.id));
  const opens = unknown.filter(({ event }) => event === 'open');
  reportRun('processes killed by SIGKILL', seed, {
    kills: signals.length,
    commands: commands.length,
    unknown: unknown.length,
    'unknown sends that happened': `${opens.filter(({ transferId }) => there.has(transferId)).length} of ${opens.length}`,
  });
  expect(await judge(commands)).toEqual([]);
  expect(signals).toEqual(Array.from({ length: KILLS }, () => 'SIGKILL'));
  // They were killed in the midst of it.
  expect(unknown.length).toBeGreaterThan(0);
  expect(commands.length).toBeGreaterThan(unknown.length);
};

describe(`processes killed at random points (SEED=${seed})`, () => {
  it(
    'lose nothing that was acknowledged, do nothing that was refused, and what is unknown at most once and whole',
    () => inArena({ accounts: ACCOUNTS, each: 20_000n }, { seed, holdMs: 0 }, killMany),
    sized(120_000, 1_800_000),
  );
});
