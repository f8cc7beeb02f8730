import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { ROOT } from '../../infra/bundles.ts';
import { ENDPOINTS } from '../../shared/contracts/registry.ts';
import { NEEDED_TO_START } from '../support/checkout.ts';
import { memoryOf } from './memory.ts';
import { type BenchOptions, digits, type Row } from './report.ts';

const LONGEST_START_MS = 180_000;
const SETTLE_MS = 3_000;

interface Started {
  readonly process: ChildProcess;
  readonly seconds: number;
  readonly url: string;
}

/** A copy of this checkout, installed, in which nothing was built yet. */
const freshCheckout = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-checkout-'));
  for (const name of NEEDED_TO_START) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
};

/** Runs `npm start` until it says that it is ready. */
const start = async (folder: string): Promise<Started> => {
  const began = performance.now();
  const child = spawn('npm', ['start'], {
    cwd: folder,
    env: { ...process.env, PORT: '0', ADMIN_PORT: '0', LOCAL_DATA_DIRECTORY: join(folder, '.local') },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
    signal: AbortSignal.timeout(LONGEST_START_MS),
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^ready (.+)$/.exec(line)?.[1];
    if (url !== undefined) return { process: child, seconds: (performance.now() - began) / 1000, url };
  }
  throw new Error('npm start ended before it was ready.');
};

/** Ends npm and what it started: they are a process group of their own. */
const stop = async ({ process: child }: Started): Promise<void> => {
  const ended = once(child, 'exit');
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
  await ended;
};

const megabytes = (bytes: number | undefined): string =>
  bytes === undefined ? 'unknown here' : `${Math.round(bytes / 1e6)} MB`;

const idleMemory = async ({ process: child }: Started): Promise<string> => {
  await wait(SETTLE_MS);
  return megabytes(child.pid === undefined ? undefined : memoryOf(child.pid));
};

const row = (item: string, measured: string, bound: string): Row => ({ item, measured, floor: '', ratio: '', bound });

/** `npm start` on an installed checkout, the first time and again, and the memory it holds when nobody asks. */
export const startUpRows = async ({ note }: BenchOptions): Promise<readonly Row[]> => {
  note('start-up');
  const folder = freshCheckout();
  try {
    const first = await start(folder);
    await stop(first);
    const again = await start(folder);
    const idle = await idleMemory(again);
    await Promise.all(
      ENDPOINTS.map(({ method, path }) => fetch(`${again.url}${path}`, { method, redirect: 'manual' })),
    );
    const warm = await idleMemory(again);
    await stop(again);
    return [
      row('`npm start` on an installed checkout, nothing built', `${digits(first.seconds)} s`, '≤ 20 s'),
      row('`npm start` again', `${digits(again.seconds)} s`, ''),
      row('Idle memory', idle, '< 700 MB'),
      row(`Idle memory with a worker of each of ${ENDPOINTS.length} endpoints`, warm, ''),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
