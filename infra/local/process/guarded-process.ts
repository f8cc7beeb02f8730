import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process that ends with this one, however this one ends. */
export interface GuardedProcess {
  readonly pid: number;
  readonly isAlive: () => boolean;
  /** Resolves with a sentence when the process ends, asked to or not. */
  readonly ended: Promise<string>;
  /** What it printed last, for messages about its end. */
  readonly output: () => string;
  /** Asks it to end, and kills it when it has not after 5 seconds. */
  readonly stop: () => Promise<void>;
}

const STOP_GRACE_MS = 5_000;
const OUTPUT_LIMIT = 20_000;

/**
 * Waits for the end of its standard input, which the operating system closes when this process dies,
 * by SIGKILL too, and then kills the process it was given.
 */
const GUARD_SCRIPT = 'read -r _; kill -9 "$1"';

const startGuard = (pid: number): ChildProcess => {
  const guard = spawn('/bin/sh', ['-c', GUARD_SCRIPT, 'guard', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  // Without a shell there is no guard; the process is still stopped on every ordinary way out.
  guard.on('error', () => {});
  return guard;
};

const collectOutput = (child: ChildProcess): (() => string) => {
  let text = '';
  const add = (chunk: Buffer): void => {
    text = (text + chunk.toString()).slice(-OUTPUT_LIMIT);
  };
  child.stdout?.on('data', add);
  child.stderr?.on('data', add);
  return () => text.trim();
};

const endOf = async (child: ChildProcess, guard: ChildProcess): Promise<string> => {
  const kill = (): void => {
    child.kill('SIGKILL');
  };
  process.on('exit', kill);
  const end = await new Promise<string>((resolve) => {
    // `close` comes when everything it printed has been read.
    child.once('close', (code, signal) =>
      resolve(signal === null ? `ended with code ${code}` : `was ended by ${signal}`),
    );
  });
  process.off('exit', kill);
  guard.kill('SIGKILL');
  return end;
};

export interface ProcessOptions {
  readonly cwd?: string;
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Starts a program in a process group of its own, so that Ctrl-C reaches it only through `stop`,
 * after the requests that still need it are answered.
 *
 * @throws when the program cannot be started at all.
 */
export const startGuardedProcess = async (
  file: string,
  args: readonly string[],
  { cwd, env }: ProcessOptions = {},
): Promise<GuardedProcess> => {
  const child = spawn(file, args, {
    ...(cwd !== undefined && { cwd }),
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  await once(child, 'spawn');
  const pid = child.pid ?? 0;
  const output = collectOutput(child);
  const ended = endOf(child, startGuard(pid));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const inTime = await Promise.race([ended, sleep(STOP_GRACE_MS, undefined, { ref: false })]);
    if (inTime === undefined) child.kill('SIGKILL');
    await ended;
  };
  return { pid, isAlive: () => child.exitCode === null && child.signalCode === null, ended, output, stop };
};
