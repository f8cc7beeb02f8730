import { describe, expect, it } from '@jest/globals';
import { OperationCode } from '../../../shared/contracts/enums.ts';
import { delayCalls, recordCalls, sequentialCalls } from '../../support/call-log.ts';
import { emailOf, useIdentity } from '../../support/identity.ts';
import { loggedOperations, waitingMails } from '../../support/stored.ts';
import { STEP } from '../../support/authenticator.ts';
import { factorUseCases } from '../../support/second-factor.ts';

const MINUTE = 60_000;

describe('a login with a second factor', () => {
  const identity = useIdentity();
  const useCases = () => factorUseCases(identity());

  it('owes it after the password, and replaces its token once it is given', async () => {
    const { name, code, wrong } = await useCases().boundUser();
    const pending = await useCases().logIn(name);
    const { session, user } = await useCases().caller(pending);
    expect(session.pending).toBe(true);
    expect(await useCases().check(pending, wrong())).toEqual({ ok: false, code: 'SECOND_FACTOR_WRONG' });
    identity().clock.advance(1);
    const checked = await useCases().check(pending, code());
    if (!checked.ok) throw new Error(checked.code);
    expect(checked.data).toMatchObject({ token: checked.token, tokenUuid: checked.token.slice(-32) });
    expect(await identity().callerOf(pending)).toBeUndefined();
    expect((await useCases().caller(checked.token)).session.pending).toBe(false);
    const { LOGIN, LOGIN_FAILED, BIND_GOOGLE, REGISTER } = OperationCode;
    expect(await loggedOperations(identity().resources, user.userId)).toEqual([
      LOGIN,
      LOGIN_FAILED,
      BIND_GOOGLE,
      LOGIN,
      REGISTER,
    ]);
  });

  it('has ten minutes for it', async () => {
    const { name, code } = await useCases().boundUser();
    const pending = await useCases().logIn(name);
    identity().clock.advance(10 * MINUTE);
    expect(await identity().callerOf(pending)).toBeUndefined();
    const next = await useCases().logIn(name);
    identity().clock.advance(10 * MINUTE - 1);
    expect(await useCases().check(next, code())).toMatchObject({ ok: true });
  });

  it('passes once of two completions at once, and is refused for sessions that owe nothing', async () => {
    const { name, token, code } = await useCases().boundUser();
    expect(await useCases().check(token, code())).toEqual({ ok: false, code: 'ILLEGAL_STATE' });
    const pending = await useCases().logIn(name);
    const cases = useCases();
    const results = await Promise.all([cases.check(pending, code()), cases.check(pending, code())]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it('mails about a browser not seen before, once the second factor is given and not before', async () => {
    const { name, code } = await useCases().boundUser();
    const mails = async () =>
      (await waitingMails(identity().resources, emailOf(name))).filter(({ kind }) => kind === 'new-sign-in');
    const before = (await mails()).length;
    const pending = await useCases().logIn(name);
    const caller = await useCases().caller(pending);
    const setting = (userAgent: string) => ({
      origin: { ip: '198.51.100.7', userAgent, area: '-' },
      locale: 'en' as const,
    });
    const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
    expect(await mails()).toHaveLength(before);
    expect(await useCases().complete(caller, { totpCode: code() }, setting(firefox))).toMatchObject({ ok: true });
    expect((await mails()).slice(before).map(({ facts }) => facts)).toMatchObject([
      { browser: 'Firefox 140.0', ip: '198.51.100.7' },
    ]);
    identity().clock.advance(STEP);
    const again = await useCases().caller(await useCases().logIn(name));
    const newer = firefox.replaceAll('140.0', '141.0');
    expect(await useCases().complete(again, { totpCode: code() }, setting(newer))).toMatchObject({ ok: true });
    expect(await mails()).toHaveLength(before + 1);
  });

  it('takes three sequential calls to complete, the key service included', async () => {
    const { name, code } = await useCases().boundUser();
    const pending = await useCases().logIn(name);
    const { client } = identity().resources;
    const cases = useCases();
    const calls = recordCalls(client);
    delayCalls(client, 50);
    expect(await cases.check(pending, code())).toMatchObject({ ok: true });
    // Who is calling; the browser, beside the key service, which is another client; the transaction.
    expect(sequentialCalls(calls)).toBe(3);
  });
});
