import { describe, expect, it } from '@jest/globals';
import { changePassword } from '../../../shared/contracts/endpoints/account/change-password.ts';
import { forgetPassword } from '../../../shared/contracts/endpoints/account/forget-password.ts';
import { OperationCode, UserStatus } from '../../../shared/contracts/enums.ts';
import { changeUserPassword } from '../../../shared/identity/password-change.ts';
import { resetPassword } from '../../../shared/identity/password-reset.ts';
import { lockUser } from '../../../shared/identity/user-store.ts';
import { createPasswordHasher } from '../../../shared/platform/password-hash.ts';
import { systemRandom } from '../../../shared/platform/random.ts';
import {
  COMMON_PASSWORD,
  emailOf,
  freshName,
  origin,
  PASSWORD,
  useIdentity,
  WRONG_PASSWORD,
} from '../../support/identity.ts';
import { loggedOperations, waitingMails } from '../../support/stored.ts';
import { factorUseCases } from '../../support/second-factor.ts';
import { testFoundation } from '../../support/test-platform.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NEW_PASSWORD = 'c'.repeat(64);
const COMMON = {
  ok: false,
  code: 'INVALID_PARAMETER',
  params: {
    field: 'newPassword',
    reason: 'this password is among the most common or easiest to guess; choose another',
  },
};
const setting = () => ({ origin: origin(), locale: 'en' as const });

describe('passwords', () => {
  const identity = useIdentity();
  const useCases = () => factorUseCases(identity());
  const passwords = createPasswordHasher({ randomBytes: systemRandom.bytes });

  const loggedIn = async () => {
    const name = freshName();
    await identity().registerAs(name);
    return { name, token: await useCases().logIn(name) };
  };

  const change = async (token: string, oldPassword: string, newPassword = NEW_PASSWORD) =>
    changeUserPassword(
      testFoundation(changePassword, identity().resources).platform,
      passwords,
      await useCases().caller(token),
      { oldPassword, newPassword },
      setting(),
    );

  const reset = (username: string, codeEmail: string, newPassword = NEW_PASSWORD) =>
    resetPassword(
      testFoundation(forgetPassword, identity().resources).platform,
      passwords,
      { username, codeEmail, newPassword },
      { ...setting(), admitted: Promise.resolve() },
    );

  const mailedCode = async (name: string): Promise<string> => {
    identity().clock.advance(2 * MINUTE);
    expect(await identity().applyCode(name)).toMatchObject({ ok: true });
    return identity().inbox.code(emailOf(name));
  };

  const kinds = async (name: string) =>
    (await waitingMails(identity().resources, emailOf(name))).map(({ kind }) => kind);

  it('change ends every other session, starts the hold and tells the user', async () => {
    const { name, token } = await loggedIn();
    const other = await useCases().logIn(name);
    const now = identity().clock.now();
    expect(await change(token, PASSWORD)).toEqual({
      ok: true,
      data: { code: 1, data: null, msg: 'Success', success: true, time: now },
    });
    expect((await useCases().caller(token)).user.holdUntil).toBe(now + 24 * HOUR);
    expect(await identity().callerOf(other)).toBeUndefined();
    expect(await identity().attempt(name)).toMatchObject({ ok: false, code: 'WRONG_CREDENTIALS' });
    expect(await identity().attempt(name, NEW_PASSWORD)).toMatchObject({ ok: true });
    expect(await kinds(name)).toContain('password-changed');
    const { user } = await useCases().caller(token);
    expect(await loggedOperations(identity().resources, user.userId)).toContain(OperationCode.CHANGE_LOGIN_PASSWORD);
  });

  it('change ends the session at the fifth wrong old password in a row; a right one starts the count anew', async () => {
    const { name, token } = await loggedIn();
    for (let wrong = 0; wrong < 4; wrong += 1) {
      expect(await change(token, WRONG_PASSWORD)).toEqual({ ok: false, code: 'WRONG_PASSWORD' });
    }
    expect(await change(token, PASSWORD)).toMatchObject({ ok: true });
    for (let wrong = 0; wrong < 4; wrong += 1) await change(token, WRONG_PASSWORD);
    expect(await identity().callerOf(token)).toBeDefined();
    expect(await change(token, WRONG_PASSWORD)).toEqual({ ok: false, code: 'WRONG_PASSWORD' });
    expect(await identity().callerOf(token)).toBeUndefined();
    expect(await identity().attempt(name, NEW_PASSWORD)).toMatchObject({ ok: true });
  });

  it('change decides five of fifty parallel guesses, and no more', async () => {
    const { token } = await loggedIn();
    const caller = await useCases().caller(token);
    const { platform } = testFoundation(changePassword, identity().resources);
    const guess = { oldPassword: WRONG_PASSWORD, newPassword: NEW_PASSWORD };
    const results = await Promise.all(
      Array.from({ length: 50 }, () => changeUserPassword(platform, passwords, caller, guess, setting())),
    );
    expect(results.filter((result) => !result.ok && result.code === 'WRONG_PASSWORD')).toHaveLength(5);
    expect(await identity().callerOf(token)).toBeUndefined();
  });

  it('change refuses a common password, and counts no try', async () => {
    const { name, token } = await loggedIn();
    for (let tries = 0; tries < 6; tries += 1) {
      expect(await change(token, WRONG_PASSWORD, COMMON_PASSWORD)).toEqual(COMMON);
    }
    expect(await change(token, PASSWORD, COMMON_PASSWORD)).toEqual(COMMON);
    expect(await identity().attempt(name)).toMatchObject({ ok: true });
    expect(await change(token, PASSWORD)).toMatchObject({ ok: true });
  });

  it('change at once from two sessions: one wins', async () => {
    const { name, token } = await loggedIn();
    const other = await useCases().logIn(name);
    const results = await Promise.all([change(token, PASSWORD), change(other, PASSWORD, 'd'.repeat(64))]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it('reset takes a mailed code once, ends every session and starts the hold', async () => {
    const { name, token } = await loggedIn();
    const code = await mailedCode(name);
    const now = identity().clock.now();
    expect(await reset(emailOf(name), code)).toMatchObject({ ok: true, data: { code: 1 } });
    expect(await identity().callerOf(token)).toBeUndefined();
    expect(await reset(name, code)).toEqual({ ok: false, code: 'VERIFICATION_CODE_WRONG' });
    const again = await identity().attempt(name, NEW_PASSWORD);
    if (!again.ok) throw new Error(again.code);
    expect((await useCases().caller(again.token)).user.holdUntil).toBe(now + 24 * HOUR);
    expect(await kinds(name)).toContain('password-reset');
    const { user } = await useCases().caller(again.token);
    expect(await loggedOperations(identity().resources, user.userId)).toContain(OperationCode.RECOVER_PASSWORD);
  });

  it('reset keeps the second factor', async () => {
    const { name } = await useCases().boundUser();
    expect(await reset(name, await mailedCode(name))).toMatchObject({ ok: true });
    const pending = await identity().attempt(name, NEW_PASSWORD);
    if (!pending.ok) throw new Error(pending.code);
    expect((await useCases().caller(pending.token)).session.pending).toBe(true);
  });

  it('reset answers unknown users, wrong, late and outguessed codes alike', async () => {
    const wrong = { ok: false, code: 'VERIFICATION_CODE_WRONG' };
    expect(await reset(freshName(), '123456')).toEqual(wrong);
    const { name } = await loggedIn();
    const late = await mailedCode(name);
    identity().clock.advance(5 * MINUTE);
    expect(await reset(name, late)).toEqual(wrong);
    const code = await mailedCode(name);
    const other = code === '000000' ? '000001' : '000000';
    for (let tries = 0; tries < 5; tries += 1) expect(await reset(name, other)).toEqual(wrong);
    expect(await reset(name, code)).toEqual(wrong);
    expect(await identity().attempt(name)).toMatchObject({ ok: true });
  });

  it('reset refuses a common password before it looks at user or code', async () => {
    expect(await reset(freshName(), '123456', COMMON_PASSWORD)).toEqual(COMMON);
    const { name } = await loggedIn();
    const code = await mailedCode(name);
    for (let tries = 0; tries < 6; tries += 1) expect(await reset(name, code, COMMON_PASSWORD)).toEqual(COMMON);
    expect(await identity().attempt(name)).toMatchObject({ ok: true });
    expect(await reset(name, code)).toMatchObject({ ok: true });
    expect(await identity().attempt(name, NEW_PASSWORD)).toMatchObject({ ok: true });
  });

  it('reset prepares no locked account for the day it is unlocked', async () => {
    const { name, token } = await loggedIn();
    const code = await mailedCode(name);
    const { tables, commit } = testFoundation(changePassword, identity().resources).platform;
    const { user } = await useCases().caller(token);
    expect(await commit([lockUser(tables.users, user, UserStatus.LOCKED)])).toMatchObject({ committed: true });
    expect(await reset(name, code)).toEqual({ ok: false, code: 'VERIFICATION_CODE_WRONG' });
  });
});
