import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../../infra/bundles.ts';

/** What `npm start` runs, as a process of its own. */
export interface Started {
  readonly child: ChildProcess;
  readonly lines: readonly string[];
  readonly errors: readonly string[];
  /** Resolves with the exit code once it is gone and everything it printed was read. */
  readonly end: Promise<number | null>;
}

/** Starts it on free ports, without demo accounts unless arguments say so. */
export const startProcess = (
  environment: Readonly<Record<string, string>>,
  args: readonly string[] = ['--empty'],
): Started => {
  const child = spawn(process.execPath, [join('infra', 'local', 'start.ts'), ...args], {
    cwd: ROOT,
    env: { ...process.env, PORT: '0', ADMIN_PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const errors: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  createInterface({ input: child.stderr }).on('line', (line) => errors.push(line));
  const end = new Promise<number | null>((resolve) => {
    child.once('close', (code) => resolve(code));
  });
  return { child, lines, errors, end };
};

export const waitUntil = async (holds: () => boolean, what: string, limitMs = 20_000): Promise<void> => {
  const deadline = performance.now() + limitMs;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`Waited too long until ${what}.`);
    await sleep(20);
  }
};

/** What it prints of itself once it serves, such as `ready` or `admin`; empty when it ended before. */
export const addressIn = ({ lines }: Pick<Started, 'lines'>, name: 'ready' | 'admin'): string =>
  lines.find((line) => line.startsWith(`${name} `))?.slice(`${name} `.length) ?? '';

/** Waits until it serves, and gives the address; empty when it ended before. */
export const ready = async (started: Started, limitMs?: number): Promise<string> => {
  const { child, errors } = started;
  const isOver = (): boolean => addressIn(started, 'ready') !== '' || child.exitCode !== null;
  await waitUntil(isOver, `it is ready: ${errors.join('\n')}`, limitMs);
  return addressIn(started, 'ready');
};
