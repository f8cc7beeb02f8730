import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { ROOT } from '../../infra/bundles.ts';

const run = promisify(execFile);

const BENCH = join('test', 'bench', 'bench.ts');

/** What runs through in seconds; those that warm up for long or build a checkout are left to whoever measures. */
const QUICK = ['signature', 'ledger', 'cold', 'warm', 'sizes'] as const;

/** The figures of the rows about something: what was measured, against what, and the ratio. */
const figures = (table: string, about: string): readonly (readonly string[])[] =>
  table
    .split('\n')
    .filter((row) => row.startsWith(`| ${about}`))
    .map((row) => row.split(' | ').slice(1, 4));

describe('npm run bench', () => {
  it('measures functions as they are now', async () => {
    const { stdout } = await run(process.execPath, [BENCH, '--quick', ...QUICK], { cwd: ROOT, timeout: 100_000 });
    const [transfers] = figures(stdout, 'Transfers (order and confirmation)');
    expect(transfers).toEqual([
      expect.stringMatching(/^[\d.]+ a second ±\d+ %$/),
      expect.stringMatching(/^[\d.]+ a second ±\d+ %$/),
      expect.stringMatching(/^\d\.\d\d$/),
    ]);
    for (const about of [
      'Verifying a signature',
      'Cold start of `GET /v1/user`',
      'Warm cost',
      'Size of account.user',
    ]) {
      expect(figures(stdout, about)).not.toHaveLength(0);
    }
    expect(stdout).not.toMatch(/NaN|undefined/);
  }, 120_000);

  it('says which measurements there are when one is asked for that is none', async () => {
    const wrong = run(process.execPath, [BENCH, 'speed'], { cwd: ROOT, timeout: 30_000 });
    await expect(wrong).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('There is no speed. Usage:'),
    });
  });
});
