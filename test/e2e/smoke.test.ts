import { beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { somebody } from '../support/journey.ts';
import { reported, smokeCommand } from '../support/smoke-command.ts';
import { useJourney } from '../support/use-journey.ts';

const live = useJourney();

const smoke = (...args: readonly string[]) => smokeCommand([live.stack.url, ...args]);

/** Where something listened until just now. */
const closedAddress = async (): Promise<string> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
};

const failuresOf = (stdout: string): readonly string[] =>
  [...reported(stdout)].filter(([, said]) => said.startsWith('FAIL')).map(([name]) => name);

describe('npm run smoke', () => {
  beforeAll(async () => {
    // What the stack does by itself once a minute.
    await live.stack.call('POST', '/_local/jobs/jobs-price-feed');
  });

  it('passes a stack that does what it has to, and says what it saw', async () => {
    const { code, stdout, stderr } = await smoke('--staff', live.stack.stack.adminUrl ?? '');
    const report = reported(stdout);
    expect(failuresOf(stdout)).toEqual([]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const skipped = [...report].filter(([, said]) => said.startsWith('skip')).map(([name]) => name);
    expect(skipped).toEqual([
      'TLS and certificate',
      'old TLS refused',
      'browsers kept to TLS',
      "body above WAF's limit",
      'mail',
    ]);
    expect(report.get('rate limit')).toMatch(/429 \/ -429 among (16|30) requests/);
    expect(report.get("body above Lambda's limit")).toContain('413 / -413 for 6291457 bytes');
    expect(report.get('login')).toContain('403 / 10070 before the second factor; second factor taken');
    expect(stdout).not.toMatch(/USER_TOKEN_LOGIN/);
  });

  it('logs in as whom it is given, and sends a mail where it may', async () => {
    const person = somebody();
    await live.journey.loggedIn(person);
    const secrets = { SMOKE_PASSWORD: `${person.username} secret` };
    const { stdout } = await smokeCommand([live.stack.url, '--user', person.username, '--mail'], secrets);
    expect(failuresOf(stdout)).toEqual([]);
    expect(reported(stdout).get('login')).toMatch(/^ok without a second factor; cookie HttpOnly/);
    // Its address was sent a code a moment ago, when it registered.
    expect(reported(stdout).get('mail')).toMatch(/^skip needs \d+ s to go by since the last mail/);
    expect(stdout).not.toContain(secrets.SMOKE_PASSWORD);
    const wrong = await smokeCommand([live.stack.url, '--user', person.username], { SMOKE_PASSWORD: 'another' });
    expect(wrong.code).toBe(1);
    expect(reported(wrong.stdout).get('login')).toContain('given HTTP 400, code 10006');
  });

  it('fails where a function fails, in a line that says which and how', async () => {
    await live.stack.fault({ service: 'kms', mode: 'fail' });
    const { code, stdout } = await smoke();
    expect(await live.stack.struck('kms')).toBeGreaterThan(0);
    await live.stack.fault({ service: 'kms', mode: 'none' });
    expect(code).toBe(1);
    expect(failuresOf(stdout)).toEqual(['registration']);
    const said = 'given GET /v1/user/apply_google_device_authenticator was answered -5';
    expect(reported(stdout).get('registration')).toContain(said);
    expect(reported(stdout).get('login')).toMatch(/^skip needs a user to log in as: --user/);
    expect(stdout).toMatch(/^1 failed, \d+ ok, \d+ skipped$/m);
  });

  it('holds a stage against its own settings', async () => {
    const { code, stdout } = await smoke('--stage', 'prod');
    expect(code).toBe(1);
    expect(failuresOf(stdout)).toEqual(expect.arrayContaining(['preflight', 'login']));
    expect(reported(stdout).get('login')).toContain(
      'expected a cookie with HttpOnly, SameSite=Lax, Path=/, Secure; given HttpOnly, SameSite=Lax, Path=/',
    );
    expect(reported(stdout).get('preflight')).toContain('expected access-control-allow-origin: https://app.bitgin');
  });

  it('stops where nothing answers', async () => {
    const { code, stdout } = await smokeCommand([await closedAddress()]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^FAIL {2}health .*expected an answer of the API; given .*ECONNREFUSED/m);
    expect(stdout).toMatch(/^1 failed, 0 ok, 0 skipped, \d+ not made$/m);
  });

  it('says what makes no sense', async () => {
    const { code, stderr } = await smokeCommand(['http://api.example.com']);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('Give https://') });
  });
});
