import { describe, expect, it } from '@jest/globals';
import { execFileSync, spawnSync } from 'node:child_process';
import { URI } from 'otpauth';
import { OperationCode } from '../../../shared/contracts/enums.ts';
import { meetAt } from '../../support/call-log.ts';
import { freshName, useIdentity } from '../../support/identity.ts';
import { loggedOperations } from '../../support/stored.ts';
import { codeAt, STEP, wrongCodeAt } from '../../support/authenticator.ts';
import { factorUseCases } from '../../support/second-factor.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const hasOathtool = spawnSync('oathtool', ['--version']).status === 0;

describe('the second factor', () => {
  const identity = useIdentity();
  const useCases = () => factorUseCases(identity());

  const loggedIn = async () => {
    const name = freshName();
    await identity().registerAs(name);
    return { name, token: await useCases().logIn(name) };
  };

  it('gives a key that any app can scan, and binds it by its code', async () => {
    const { name, token } = await loggedIn();
    const applied = await useCases().apply(token);
    if (!applied.ok) throw new Error(applied.code);
    const parsed = URI.parse(applied.data.qecode);
    expect(parsed).toMatchObject({ issuer: 'BITGIN', label: name, algorithm: 'SHA1', digits: 6, period: 30 });
    expect(parsed.secret.base32).toBe(applied.data.totpKey);
    expect(parsed.secret.bytes).toHaveLength(20);
    const now = identity().clock.now();
    expect(await useCases().bind(token, applied.data.totpKey, wrongCodeAt(parsed.secret.base32, now))).toMatchObject({
      ok: false,
    });
    expect(await useCases().bind(token, applied.data.totpKey, codeAt(parsed.secret.base32, now))).toEqual({
      ok: true,
      data: '绑定成功',
    });
    expect((await useCases().caller(token)).user.is2FA).toBe(true);
  });

  it('binds no key that was not applied for, lapsed, replaced or bound already', async () => {
    const { token } = await loggedIn();
    const now = () => identity().clock.now();
    expect(await useCases().bind(token, 'A'.repeat(32), '000000')).toEqual({ ok: false, code: 'TWO_FACTOR_NOT_BOUND' });
    const first = await useCases().appliedKey(token);
    const second = await useCases().appliedKey(token);
    expect(await useCases().bind(token, first, codeAt(first, now()))).toEqual({ ok: false, code: 'ILLEGAL_STATE' });
    identity().clock.advance(10 * MINUTE);
    expect(await useCases().bind(token, second, codeAt(second, now()))).toEqual({
      ok: false,
      code: 'TWO_FACTOR_NOT_BOUND',
    });
    const third = await useCases().appliedKey(token);
    expect(await useCases().bind(token, third, codeAt(third, now()))).toMatchObject({ ok: true });
    expect(await useCases().bind(token, third, codeAt(third, now()))).toEqual({ ok: false, code: 'ILLEGAL_STATE' });
    expect(await useCases().apply(token)).toEqual({ ok: false, code: 'ILLEGAL_STATE' });
  });

  it('takes one step of drift either way, and no more', async () => {
    const { key, token } = await useCases().boundUser();
    const at = (steps: number) => codeAt(key, identity().clock.now() + steps * STEP);
    const wrong = { ok: false, code: 'TWO_FACTOR_WRONG' };
    expect(await useCases().reauthenticate(token, at(-2))).toEqual(wrong);
    expect(await useCases().reauthenticate(token, at(2))).toEqual(wrong);
    expect(await useCases().reauthenticate(token, at(-1))).toMatchObject({ ok: true });
    expect(await useCases().reauthenticate(token, at(0))).toMatchObject({ ok: true });
    expect(await useCases().reauthenticate(token, at(1))).toMatchObject({ ok: true });
    expect(await useCases().reauthenticate(token, at(0))).toEqual(wrong);
  });

  it('accepts a step once, whatever the endpoint, and counts the repeats as no failure', async () => {
    const { name, token, code } = await useCases().boundUser();
    const pending = await useCases().logIn(name);
    const spent = code();
    expect(await useCases().reauthenticate(token, spent)).toMatchObject({ ok: true });
    for (let repeat = 0; repeat < 6; repeat += 1) {
      expect(await useCases().check(pending, spent)).toEqual({ ok: false, code: 'SECOND_FACTOR_WRONG' });
      expect(await useCases().unbind(token, spent)).toEqual({ ok: false, code: 'TWO_FACTOR_WRONG' });
    }
    expect((await useCases().caller(token)).factor?.failures).toBe(0);
    identity().clock.advance(STEP);
    expect(await useCases().check(pending, code())).toMatchObject({ ok: true });
  });

  it('lets one of 100 parallel requests with one right code pass', async () => {
    const { token, code } = await useCases().boundUser();
    const cases = useCases();
    const met = meetAt(identity().resources.client, 'TransactWriteItems', 100);
    const results = await Promise.all(Array.from({ length: 100 }, () => cases.reauthenticate(token, code())));
    expect(met()).toBe(true);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.filter((result) => !result.ok && result.code === 'TWO_FACTOR_WRONG')).toHaveLength(99);
    expect((await cases.caller(token)).factor?.failures).toBe(0);
  });

  it('locks after five wrong codes over all endpoints, whatever comes between but success, for two hours', async () => {
    const { name, token, code, wrong } = await useCases().boundUser();
    const pending = await useCases().logIn(name);
    await useCases().reauthenticate(token, wrong());
    await useCases().reauthenticate(token, code());
    identity().clock.advance(STEP);
    expect((await useCases().caller(token)).factor?.failures).toBe(0);
    await useCases().reauthenticate(token, wrong());
    await useCases().unbind(token, wrong());
    await useCases().check(pending, wrong());
    const again = await useCases().logIn(name);
    await useCases().check(again, wrong());
    expect(await useCases().reauthenticate(token, wrong())).toEqual({ ok: false, code: 'TWO_FACTOR_WRONG' });
    const locked = { ok: false, code: 'TWO_FACTOR_LOCKED' };
    expect(await useCases().reauthenticate(token, code())).toEqual(locked);
    expect(await useCases().check(await useCases().logIn(name), code())).toEqual(locked);
    identity().clock.advance(2 * HOUR - MINUTE);
    expect(await useCases().check(await useCases().logIn(name), code())).toEqual(locked);
    identity().clock.advance(MINUTE);
    const after = await useCases().logIn(name);
    expect(await useCases().check(after, wrong())).toEqual({ ok: false, code: 'SECOND_FACTOR_WRONG' });
    expect(await useCases().check(after, code())).toMatchObject({ ok: true });
  });

  it('decides five of a hundred parallel guesses, and no more', async () => {
    const { token, key } = await useCases().boundUser();
    const cases = useCases();
    const guess = wrongCodeAt(key, identity().clock.now());
    const caller = await cases.caller(token);
    expect(caller.factor?.failures).toBe(0);
    const results = await Promise.all(Array.from({ length: 100 }, () => cases.reauthenticate(token, guess)));
    const counts = Object.groupBy(results, (result) => (result.ok ? 'passed' : result.code));
    expect(counts['TWO_FACTOR_WRONG']).toHaveLength(5);
    expect(counts['TWO_FACTOR_LOCKED']).toHaveLength(95);
  });

  it('unbinds by a code: other sessions end, money is held for 24 hours, this session stays', async () => {
    const { name, token, code } = await useCases().boundUser();
    const other = await useCases().check(await useCases().logIn(name), code());
    if (!other.ok) throw new Error(other.code);
    identity().clock.advance(STEP);
    const { session, user } = await useCases().caller(token);
    expect(await useCases().unbind(token, code())).toEqual({ ok: true, data: '解绑成功' });
    const left = await useCases().caller(token);
    expect(left.session.sessionId).toBe(session.sessionId);
    expect(left.user).toMatchObject({ is2FA: false, holdUntil: identity().clock.now() + 24 * HOUR });
    expect(left.factor?.key).toBeUndefined();
    expect(user.is2FA).toBe(true);
    expect(await identity().callerOf(other.token)).toBeUndefined();
    const operations = await loggedOperations(identity().resources, user.userId);
    expect(operations.slice(0, 2)).toEqual([OperationCode.CHANGE_GOOGLE, OperationCode.LOGIN]);
    expect(await useCases().unbind(token, code())).toEqual({ ok: false, code: 'TWO_FACTOR_NOT_BOUND' });
    expect(await useCases().check(await useCases().logIn(name), code())).toEqual({
      ok: false,
      code: 'TWO_FACTOR_NOT_BOUND',
    });
  });
});

(hasOathtool ? describe : describe.skip)('an independent implementation (oathtool, where it is installed)', () => {
  const identity = useIdentity();

  it('makes codes that are taken', async () => {
    const name = freshName();
    await identity().registerAs(name);
    const token = await factorUseCases(identity()).logIn(name);
    const key = await factorUseCases(identity()).appliedKey(token);
    const now = new Date(identity().clock.now()).toISOString();
    const code = execFileSync('oathtool', ['--totp', '--base32', '--now', now, key], { encoding: 'utf8' }).trim();
    expect(await factorUseCases(identity()).bind(token, key, code)).toMatchObject({ ok: true });
  });
});
