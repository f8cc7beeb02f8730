import { describe, expect, it } from '@jest/globals';
import { delayCalls, meetAt, recordCalls, sequentialCalls } from '../../support/call-log.ts';
import { emailOf, freshName, useIdentity, WRONG_PASSWORD } from '../../support/identity.ts';

const MINUTE = 60_000;

describe('login', () => {
  const identity = useIdentity();

  const registered = async (): Promise<string> => {
    const name = freshName();
    await identity().registerAs(name);
    return name;
  };

  /** Failures of a person: seconds apart, so that none is still in flight. */
  const fail = async (loginName: string, times: number, options: { ip?: string; captcha?: boolean } = {}) => {
    const results = [];
    for (let index = 0; index < times; index += 1) {
      identity().clock.advance(3000);
      const captcha = options.captcha ? await identity().captcha() : {};
      results.push(await identity().attempt(loginName, WRONG_PASSWORD, { ...options, captcha }));
    }
    identity().clock.advance(3000);
    return results;
  };

  it('takes username and e-mail address in any case', async () => {
    const name = await registered();
    for (const loginName of [name, name.toUpperCase(), emailOf(name), emailOf(name).toUpperCase()]) {
      expect(await identity().attempt(loginName)).toMatchObject({
        ok: true,
        data: { username: name, email: emailOf(name), userStatus: 4, is2FA: false, isKyc: false },
      });
    }
  });

  it('counts wrong passwords by whichever name, asks for a captcha from the fourth try, and forgets on success', async () => {
    const name = await registered();
    expect(await fail(name, 2)).toMatchObject([{ data: { wrongTime: 1 } }, { data: { wrongTime: 2 } }]);
    expect(await fail(emailOf(name), 1)).toMatchObject([{ code: 'WRONG_CREDENTIALS', data: { wrongTime: 3 } }]);
    expect(await identity().attempt(name)).toEqual({ ok: false, code: 'CAPTCHA_WRONG', data: { wrongTime: 3 } });
    const wrongAnswer = { ...(await identity().captcha()), captchaNumber: 'WXYZ' };
    expect(await identity().attempt(name, undefined, { captcha: wrongAnswer })).toMatchObject({
      code: 'CAPTCHA_WRONG',
    });
    expect(await fail(name, 1, { captcha: true })).toMatchObject([
      { code: 'WRONG_CREDENTIALS', data: { wrongTime: 4 } },
    ]);
    expect(await identity().attempt(name, undefined, { captcha: await identity().captcha() })).toMatchObject({
      ok: true,
    });
    expect(await fail(name, 1)).toMatchObject([{ code: 'WRONG_CREDENTIALS', data: { wrongTime: 1 } }]);
  });

  it('refuses an address for an account for 15 minutes after ten failures, and no other address', async () => {
    const name = await registered();
    await fail(name, 3, { ip: '198.51.100.1' });
    await fail(name, 7, { ip: '198.51.100.1', captcha: true });
    const refused = await identity().attempt(name, undefined, {
      ip: '198.51.100.1',
      captcha: await identity().captcha(),
    });
    expect(refused).toEqual({ ok: false, code: 'RATE_LIMITED', retryAfter: 897, params: { seconds: '897' } });
    const elsewhere = { ip: '198.51.100.2', captcha: await identity().captcha() };
    expect(await identity().attempt(name, undefined, elsewhere)).toMatchObject({ ok: true });
    identity().clock.advance(15 * MINUTE);
    expect(await identity().attempt(name, undefined, { ip: '198.51.100.1' })).toMatchObject({ ok: true });
  });

  it('lets three of 100 parallel guesses reach the password, and they did overlap', async () => {
    const name = await registered();
    const before = identity().hashes.count;
    const met = meetAt(identity().engine.client, 'TransactWriteItems', 100);
    const results = await Promise.all(Array.from({ length: 100 }, () => identity().attempt(name, WRONG_PASSWORD)));
    expect(met()).toBe(true);
    expect(results.filter((result) => !result.ok && result.code === 'WRONG_CREDENTIALS')).toHaveLength(3);
    expect(results.filter((result) => !result.ok && result.code === 'CAPTCHA_WRONG')).toHaveLength(97);
    expect(identity().hashes.count - before).toBe(3);
  });

  it('lets a person log in from eight devices at once', async () => {
    const name = await registered();
    const results = await Promise.all(Array.from({ length: 8 }, () => identity().attempt(name)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(8);
  });

  it('treats an unknown name like a wrong password: same calls, one hash, same body', async () => {
    const name = await registered();
    const trace = async (loginName: string) => {
      const hashes = identity().hashes.count;
      const calls = recordCalls(identity().engine.client);
      const results = await fail(loginName, 5);
      return { results, hashes: identity().hashes.count - hashes, calls: calls.map(({ operation }) => operation) };
    };
    const known = await trace(name);
    const unknown = await trace(freshName());
    expect(unknown.results).toEqual(known.results);
    expect(unknown.hashes).toBe(3);
    expect(known.hashes).toBe(3);
    expect([...unknown.calls].sort()).toEqual([...known.calls].sort());
    expect(known.calls.length).toBeGreaterThan(10);
  });

  it.each([
    ['the first time', 0],
    ['the day after many sessions', 8],
  ])('makes at most three calls in sequence, seen under 50 ms of latency: %s', async (_when, before) => {
    const name = await registered();
    await identity().verifyAs(name, identity().inbox.code(emailOf(name)));
    for (let logins = 0; logins < before; logins += 1) await identity().attempt(name);
    identity().clock.advance(25 * 60 * MINUTE);
    delayCalls(identity().engine.client, 50);
    const calls = recordCalls(identity().engine.client);
    expect(await identity().attempt(name)).toMatchObject({ ok: true });
    identity().engine.client.middlewareStack.remove('delayCalls');
    expect(calls.length).toBeGreaterThan(5);
    expect(sequentialCalls(calls)).toBeLessThanOrEqual(3);
  });

  it('takes a password however old it is', async () => {
    const name = await registered();
    await identity().verifyAs(name, identity().inbox.code(emailOf(name)));
    identity().clock.advance(10 * 365 * 24 * 60 * MINUTE);
    expect(await identity().attempt(name)).toMatchObject({ ok: true });
  });

  it('gives a session that logout ends at once', async () => {
    const name = await registered();
    const result = await identity().attempt(name);
    const token = result.ok ? result.token : '';
    expect((await identity().callerOf(token))?.user.username).toBe(name);
    expect(await identity().callerOf(`${token.slice(0, -1)}${token.endsWith('0') ? '1' : '0'}`)).toBeUndefined();
    await identity().logOutWith(token);
    expect(await identity().callerOf(token)).toBeUndefined();
  });
});
