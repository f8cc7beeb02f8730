import { execFile } from 'node:child_process';
import { expect, it } from '@jest/globals';
import { ROOT } from '../../../infra/bundles.ts';
import { somebody } from '../../support/journey.ts';
import { useJourney } from '../../support/use-journey.ts';

const live = useJourney({ stage: 'test' });

/** What a person of the staff at the keyboard sees of a command. */
const admin = (principal: string, ...args: readonly string[]) => {
  const env = { PATH: process.env['PATH'], ADMIN_URL: live.stack.stack.adminUrl, ADMIN_PRINCIPAL: principal };
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const options = { cwd: ROOT, env, timeout: 30_000 };
    execFile(process.execPath, ['infra/admin/main.ts', ...args], options, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr });
    });
  });
};

it('books, waits for another one of the staff where it is much, sets a price, and proves the ledger', async () => {
  const person = somebody();
  const { username } = person;
  await live.journey.loggedIn(person);
  const deposit = ['deposits', 'add', username, 'TWD', '1000.5', '--bank-ref', 'A-1'];
  expect(await admin('jo', ...deposit)).toMatchObject({
    code: 0,
    stderr: '',
    stdout: expect.stringContaining('booked'),
  });
  const again = await admin('jo', 'deposits', 'add', username, 'TWD', '1000', '--bank-ref', 'A-1');
  expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('code -409') });
  const taking = ['adjustments', 'take', username, 'TWD', '0.5', '--reason', 'A test.', '--key', 'k-1'];
  expect(await admin('jo', ...taking)).toMatchObject({ code: 0, stdout: expect.stringContaining('booked') });
  const much = ['deposits', 'add', username, 'USDT', '20000', '--tx-hash', 'ab'.repeat(32)];
  expect((await admin('jo', ...much)).stdout).toContain('awaiting-approval');
  expect((await admin('kim', ...much)).stdout).toContain('booked');
  expect(await admin('jo', 'tickers', 'set', 'ETH', '99000.5')).toMatchObject({ code: 0, stderr: '' });
  const verified = await admin('jo', 'ledger', 'verify', '--json');
  expect(verified).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(verified.stdout)).toMatchObject({
    problems: [],
    sums: expect.arrayContaining([{ asset: 'TWD', users: '1000.00', house: '-1000.00', difference: '0.00' }]),
  });
}, 120_000);
