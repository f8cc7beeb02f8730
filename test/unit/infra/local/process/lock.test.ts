import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { lock, tryLock } from '../../../../../infra/local/process/lock.ts';
import { temporaryDirectory } from '../fixture-assembly.ts';

/** Above the highest process id that Linux gives. */
const NOBODY = 2 ** 22 + 1;

let file: string;

beforeEach(() => {
  file = join(temporaryDirectory(), 'lock');
});

describe('tryLock', () => {
  it('tells who holds the lock, until it is given back', () => {
    const first = tryLock(file);
    expect(tryLock(file)).toStrictEqual({ holder: process.pid });
    if ('release' in first) first.release();
    expect(tryLock(file)).toHaveProperty('release');
  });

  it.each(['', 'nonsense', String(NOBODY)])('takes a lock that a dead process left: "%s"', (content) => {
    writeFileSync(file, content);
    expect(tryLock(file)).toHaveProperty('release');
  });
});

describe('lock', () => {
  it('waits for the lock', async () => {
    const release = await lock(file, 1_000);
    setTimeout(release, 100);
    const next = await lock(file, 1_000);
    next();
  });

  it('gives up, naming who holds it', async () => {
    await lock(file, 1_000);
    await expect(lock(file, 100)).rejects.toThrow(`held by process ${process.pid} for more than 100 ms`);
  });
});
