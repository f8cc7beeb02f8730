import { describe, expect, it } from '@jest/globals';
import { changePassword } from '../../../shared/contracts/endpoints/account/change-password.ts';
import { endSessions } from '../../../shared/contracts/endpoints/account/end-sessions.ts';
import { forgetPassword } from '../../../shared/contracts/endpoints/account/forget-password.ts';
import { freeze } from '../../../shared/contracts/endpoints/account/freeze.ts';
import { UserStatus } from '../../../shared/contracts/enums.ts';
import { freezeAccount } from '../../../shared/identity/freeze.ts';
import { newFreezeCode } from '../../../shared/identity/freeze-code.ts';
import { changeUserPassword } from '../../../shared/identity/password-change.ts';
import { resetPassword } from '../../../shared/identity/password-reset.ts';
import { endUserSessions } from '../../../shared/identity/sessions.ts';
import { HOLD } from '../../../shared/identity/user-store.ts';
import { createPasswordHasher } from '../../../shared/platform/password-hash.ts';
import { systemRandom } from '../../../shared/platform/random.ts';
import { apiKeyUseCases } from '../../support/api-keys.ts';
import { STEP } from '../../support/authenticator.ts';
import { emailOf, origin, PASSWORD, useIdentity } from '../../support/identity.ts';
import { staffOn } from '../../support/staff.ts';
import { testFoundation } from '../../support/test-platform.ts';

const MINUTE = 60_000;
const NEW_PASSWORD = 'c'.repeat(64);
const setting = () => ({ origin: origin(), locale: 'en' as const });
const admitted = Promise.resolve();

describe('every API key of a user', () => {
  const identity = useIdentity();
  const useCases = () => apiKeyUseCases(identity());
  const passwords = createPasswordHasher({ randomBytes: systemRandom.bytes });
  const staff = () => staffOn(identity().resources);

  type Holder = Awaited<ReturnType<ReturnType<typeof apiKeyUseCases>['readyHolder']>>;

  const unbind = async ({ token, code }: Holder) => {
    identity().clock.advance(2 * STEP);
    expect(await useCases().factor.unbind(token, code())).toMatchObject({ ok: true });
  };

  const reset = async ({ name }: Holder) => {
    identity().clock.advance(2 * MINUTE);
    expect(await identity().applyCode(name)).toMatchObject({ ok: true });
    const asked = { username: name, codeEmail: identity().inbox.code(emailOf(name)), newPassword: NEW_PASSWORD };
    const { platform } = testFoundation(forgetPassword, identity().resources);
    expect(await resetPassword(platform, passwords, asked, { ...setting(), admitted })).toMatchObject({ ok: true });
  };

  const frozen = async ({ token }: Holder) => {
    const { user } = await useCases().factor.caller(token);
    const { platform } = testFoundation(freeze, identity().resources);
    const { code, write } = newFreezeCode(platform.tables.users, systemRandom, identity().clock.now(), user.userId);
    await platform.commit([write]);
    expect(await freezeAccount(platform, code, { locale: 'en', admitted })).toEqual({ ok: true });
  };

  const change = async ({ token }: Holder) => {
    const { platform } = testFoundation(changePassword, identity().resources);
    const asked = { oldPassword: PASSWORD, newPassword: NEW_PASSWORD };
    const caller = await useCases().factor.caller(token);
    expect(await changeUserPassword(platform, passwords, caller, asked, setting())).toMatchObject({ ok: true });
  };

  const endOthers = async ({ token }: Holder) => {
    const { platform } = testFoundation(endSessions, identity().resources);
    const caller = await useCases().factor.caller(token);
    expect(await endUserSessions(platform, caller, { id: undefined })).toMatchObject({ ok: true });
  };

  const setStatus =
    (to: 1 | 3 | 5 | 6 | 7 | 8) =>
    async ({ name }: Holder) => {
      expect(await staff().setStatus(name, to)).toMatchObject({ ok: true });
    };

  const resetFactor = async ({ name }: Holder) => {
    expect(await staff().resetFactor(name)).toMatchObject({ ok: true });
  };

  it.each([
    ['the user unbinds the factor', unbind],
    ['the password is reset by mail', reset],
    ['staff reset the factor', resetFactor],
    ['the user locks the account by the link of a mail', frozen],
    ['staff block the account', setStatus(UserStatus.BLOCKED)],
    ['staff delete the account', setStatus(UserStatus.DELETED)],
    ['staff suspend the account', setStatus(UserStatus.SUSPENDED)],
    ['staff lock the account', setStatus(UserStatus.LOCKED)],
    ['staff close the account to trade', setStatus(UserStatus.NOT_TRADABLE)],
  ])('is dead for good when %s', async (_cause, happen) => {
    const { made, lives, readyHolder, factor } = useCases();
    const user = await readyHolder();
    const [one, other] = [await made(user.token), await made(user.token)];
    const { userStatus } = (await factor.caller(user.token)).user;
    expect(userStatus).toBe(UserStatus.NORMAL);
    await happen(user);
    expect([await lives(one.apiKey), await lives(other.apiKey)]).toEqual([false, false]);
    await staff().setStatus(user.name, UserStatus.NORMAL);
    expect([await lives(one.apiKey), await lives(other.apiKey)]).toEqual([false, false]);
  });

  it.each([
    ['changes the password', change],
    ['ends all other sessions', endOthers],
  ])('lives on when the user %s', async (_cause, happen) => {
    const { made, lives, readyHolder } = useCases();
    const user = await readyHolder();
    const { apiKey } = await made(user.token);
    await happen(user);
    expect(await lives(apiKey)).toBe(true);
  });

  it('stays when those of somebody else die', async () => {
    const { made, lives, readyHolder } = useCases();
    const [user, other] = [await readyHolder(), await readyHolder()];
    const { apiKey } = await made(other.token);
    await resetFactor(user);
    expect(await lives(apiKey)).toBe(true);
  });
});

describe('a new API key', () => {
  const identity = useIdentity();

  it('waits 24 hours after a change of credentials, and is told until when', async () => {
    const { factor, makeAs, readyHolder } = apiKeyUseCases(identity());
    const { token } = await readyHolder();
    const { clock } = identity();
    const caller = await factor.caller(token);
    const until = clock.now() + 100;
    const asIf = (holdUntil: number) => makeAs({ ...caller, user: { ...caller.user, holdUntil } });
    const inTaipei = new Date(until + 8 * 60 * MINUTE).toISOString().slice(0, 19).replace('T', ' ');
    const params = { until: `${inTaipei} (UTC+8)` };
    expect(await asIf(until)).toEqual({ ok: false, code: 'API_KEYS_HELD', params });
    expect(await asIf(clock.now() + 1)).toMatchObject({ ok: false, code: 'API_KEYS_HELD' });
    expect(await asIf(clock.now())).toMatchObject({ ok: true });
  });

  it('takes the place of dead ones, and nothing of those is kept', async () => {
    const { factor, made, make, makeAs, listed, stored, reauthenticate, readyHolder } = apiKeyUseCases(identity());
    const user = await readyHolder();
    const { apiKey: dead } = await made(user.token);
    const { name } = user;
    await staffOn(identity().resources).setStatus(name, UserStatus.NOT_TRADABLE);
    await staffOn(identity().resources).setStatus(name, UserStatus.NORMAL);
    expect(await listed(user.token)).toEqual([]);
    expect(await stored(dead)).toBeDefined();
    const { apiKey } = await made(user.token);
    expect((await listed(user.token)).map((key) => key.apiKey)).toEqual([apiKey]);
    expect(await stored(dead)).toBeUndefined();
    await reauthenticate(user);
    expect(await make(user.token)).toMatchObject({ ok: true });
    const { user: seen, session } = await factor.caller(user.token);
    expect(await makeAs({ session, user: { ...seen, keyEpoch: 0 } })).toEqual({ ok: false, code: 'UPDATE_FAILED' });
    expect(HOLD).toBe(24 * 60 * MINUTE);
  });
});
