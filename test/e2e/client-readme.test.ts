import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../../infra/bundles.ts';
import { STAGES } from '../../infra/stages.ts';
import { blockOf, type InstalledClient, installClient } from '../support/client-build.ts';
import { clientJourneyOn } from '../support/client-journey.ts';
import { useJourney } from '../support/use-journey.ts';

const run = promisify(execFile);

const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

const SECTION = '## Call it from a program';

/** Tests that are skipped, and say so, where a command is missing. */
const withCommand = (command: string, ...version: readonly string[]) => {
  if (spawnSync(command, version).status === 0) return describe;
  process.stderr.write(`An example of the README is skipped: there is no ${command} here.\n`);
  return describe.skip;
};

describe('the examples of the README', () => {
  const live = useJourney();
  let installed: InstalledClient;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    const steps = clientJourneyOn(live, STAGES.local);
    const ann = await steps.member();
    installed = await installClient();
    const { apiKey, secret } = await steps.keyOf(steps.session(ann.token), ann.code(), ['read', 'trade']);
    // The examples go by the clock of this machine.
    await live.stack.call('POST', '/_local/clock', { body: { offsetMs: 0 } });
    const priced = await live.stack.callStaff('PUT', '/admin/v1/tickers/USDT', {
      headers: { 'x-local-principal': 'jo.lin' },
      body: { lastPrice: '32' },
    });
    if (priced.status !== 200) throw new Error(`The price was answered ${priced.status}.`);
    steps.close();
    env = { ...process.env, API: live.stack.url, API_KEY: apiKey, API_SECRET: secret };
  });
  afterAll(() => installed.remove());

  const output = async (command: string, ...args: readonly string[]): Promise<string> =>
    (await run(command, args, { cwd: installed.folder, env, timeout: 30_000 })).stdout;

  it('in TypeScript read balances, and sell', async () => {
    writeFileSync(join(installed.folder, 'package.json'), '{"type":"module"}');
    writeFileSync(join(installed.folder, 'program.ts'), blockOf(README, SECTION, 'ts'));
    const lines = (await output(process.execPath, 'program.ts')).trim().split('\n');
    expect(lines).toContain('USDT 100');
    expect(lines.at(-1)).toBe('sold');
  });

  withCommand('openssl', 'version')('in bash', () => {
    it('sign what the API takes', async () => {
      const printed = await output('bash', '-euc', blockOf(README, SECTION, 'bash'));
      const [balance, value] = printed.split(/(?<=\})(?=\{"code")/).map((text): unknown => JSON.parse(text));
      expect(balance).toMatchObject({ code: 1, data: { balance: expect.any(Array) } });
      expect(value).toMatchObject({ code: 1, data: expect.any(Number) });
    });
  });

  withCommand('python3', '--version')('in Python', () => {
    it('sign what the API takes, and read it exactly', async () => {
      writeFileSync(join(installed.folder, 'program.py'), blockOf(README, SECTION, 'python'));
      const [balance = '', value = ''] = (await output('python3', 'program.py')).trim().split('\n');
      expect(balance).toContain("'code': 1");
      expect(balance).toContain("Decimal('87.5')");
      expect(value).toContain("'code': 1");
    });
  });
});
