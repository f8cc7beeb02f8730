import { describe, expect, it } from '@jest/globals';
import { meetAt } from '../../support/call-log.ts';
import { emailOf, useIdentity } from '../../support/identity.ts';
import { storedText, waitingMails } from '../../support/stored.ts';
import { STEP } from '../../support/authenticator.ts';
import { factorUseCases } from '../../support/second-factor.ts';

const MINUTE = 60_000;

describe('recovery codes', () => {
  const identity = useIdentity();
  const useCases = () => factorUseCases(identity());

  const userWithCodes = async () => {
    const user = await useCases().boundUser();
    await useCases().reauthenticate(user.token, user.code());
    const made = await useCases().recovery(user.token);
    if (!made.ok) throw new Error(made.code);
    identity().clock.advance(STEP);
    return { ...user, codes: made.data.codes };
  };

  it('are ten, differ, and are made only within five minutes of re-authentication', async () => {
    const { token, code } = await useCases().boundUser();
    const required = { ok: false, code: 'REAUTHENTICATION_REQUIRED' };
    expect(await useCases().recovery(token)).toEqual(required);
    await useCases().reauthenticate(token, code());
    identity().clock.advance(5 * MINUTE - 1);
    const made = await useCases().recovery(token);
    if (!made.ok) throw new Error(made.code);
    expect(new Set(made.data.codes).size).toBe(10);
    for (const one of made.data.codes) expect(one).toMatch(/^(?:[A-Z2-7]{4}-){5}[A-Z2-7]{4}$/);
    identity().clock.advance(1);
    expect(await useCases().recovery(token)).toEqual(required);
  });

  it('are stored as hashes only', async () => {
    const { codes, key } = await userWithCodes();
    const stored = await storedText(identity().resources);
    expect(stored).toContain('recoveryCodes');
    for (const code of [...codes, ...codes.map((one) => one.replaceAll('-', ''))]) expect(stored).not.toContain(code);
    expect(stored).not.toContain(key);
  });

  it('stand in for the authenticator once each, in any case and with or without dashes, and the user is told', async () => {
    const { name, token, codes } = await userWithCodes();
    const [first = '', second = ''] = codes;
    expect(await useCases().reauthenticate(token, first)).toMatchObject({ ok: true });
    expect(await useCases().reauthenticate(token, first)).toEqual({ ok: false, code: 'TWO_FACTOR_WRONG' });
    identity().clock.advance(1);
    const pending = await useCases().logIn(name);
    expect(await useCases().check(pending, second.replaceAll('-', '').toLowerCase())).toMatchObject({ ok: true });
    const told = (await waitingMails(identity().resources, emailOf(name))).filter(
      ({ kind }) => kind === 'recovery-code-used',
    );
    expect(told.map(({ facts }) => facts)).toMatchObject([{ left: 9 }, { left: 8 }]);
  });

  it('pass once of 100 parallel uses', async () => {
    const { token, codes } = await userWithCodes();
    const cases = useCases();
    const met = meetAt(identity().resources.client, 'TransactWriteItems', 100);
    const [code = ''] = codes;
    const results = await Promise.all(Array.from({ length: 100 }, () => cases.reauthenticate(token, code)));
    expect(met()).toBe(true);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await cases.caller(token)).factor?.recoveryCodes?.size).toBe(9);
  });

  it('are replaced by a new set, and gone with the factor', async () => {
    const { token, code, codes } = await userWithCodes();
    const [old = ''] = codes;
    await useCases().reauthenticate(token, code());
    const made = await useCases().recovery(token);
    if (!made.ok) throw new Error(made.code);
    expect(await useCases().reauthenticate(token, old)).toEqual({ ok: false, code: 'TWO_FACTOR_WRONG' });
    const [fresh = '', other = ''] = made.data.codes;
    expect(await useCases().unbind(token, fresh)).toMatchObject({ ok: true });
    expect(await useCases().reauthenticate(token, other)).toEqual({ ok: false, code: 'TWO_FACTOR_NOT_BOUND' });
  });

  it('are good for their owner only, and wrong ones count as wrong codes', async () => {
    const someone = await userWithCodes();
    const { token } = await userWithCodes();
    const [theirs = ''] = someone.codes;
    const answers = [];
    for (let tries = 0; tries < 6; tries += 1) answers.push(await useCases().reauthenticate(token, theirs));
    expect(answers.map((answer) => !answer.ok && answer.code)).toEqual([
      ...Array.from({ length: 5 }, () => 'TWO_FACTOR_WRONG'),
      'TWO_FACTOR_LOCKED',
    ]);
  });
});
