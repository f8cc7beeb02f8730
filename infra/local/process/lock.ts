import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf } from '../errors.ts';

const POLL_MS = 50;

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // The process exists, but belongs to somebody else.
    return codeOf(error) === 'EPERM';
  }
};

/** The process that holds the lock; undefined when nobody does, or who did is gone. */
const holderOf = (file: string): number | undefined => {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    return Number.isInteger(pid) && pid > 0 && isRunning(pid) ? pid : undefined;
  } catch {
    return undefined;
  }
};

/** Makes the file together with its content, so that nobody sees it half written; false when it exists. */
const create = (file: string): boolean => {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(own, { force: true });
  }
};

/** Takes the lock; tells who has it otherwise. */
const take = (file: string): number | undefined => {
  if (create(file)) return undefined;
  const holder = holderOf(file);
  if (holder !== undefined) return holder;
  rmSync(file, { force: true });
  return take(file);
};

/**
 * Takes a lock that is a file with the holder's process id; a lock whose holder is gone counts as free.
 *
 * @returns what gives the lock back, or the id of the process that holds it.
 */
export const tryLock = (file: string): { readonly release: () => void } | { readonly holder: number } => {
  const holder = take(file);
  return holder === undefined ? { release: () => rmSync(file, { force: true }) } : { holder };
};

/**
 * Waits for a lock and takes it.
 *
 * @returns what gives the lock back.
 * @throws when the lock is still held after `timeoutMs`.
 */
export const lock = async (file: string, timeoutMs: number): Promise<() => void> => {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const result = tryLock(file);
    if ('release' in result) return result.release;
    if (performance.now() > deadline) {
      throw new Error(`${file} is held by process ${result.holder} for more than ${timeoutMs} ms.`);
    }
    await sleep(POLL_MS);
  }
};
