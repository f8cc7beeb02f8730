import { describe, expect, it } from '@jest/globals';
import { freeze } from '../../../shared/contracts/endpoints/account/freeze.ts';
import { UserStatus } from '../../../shared/contracts/enums.ts';
import { freezeAccount } from '../../../shared/identity/freeze.ts';
import { newFreezeCode } from '../../../shared/identity/freeze-code.ts';
import { getUser, lockUser } from '../../../shared/identity/user-store.ts';
import { systemRandom } from '../../../shared/platform/random.ts';
import { emailOf, freshName, useIdentity } from '../../support/identity.ts';
import { storedText, waitingMails } from '../../support/stored.ts';
import { factorUseCases } from '../../support/second-factor.ts';
import { testFoundation } from '../../support/test-platform.ts';

const DAY = 24 * 60 * 60_000;

describe('the "this was not me" link', () => {
  const identity = useIdentity();
  const useCases = () => factorUseCases(identity());
  const platform = () => testFoundation(freeze, identity().resources).platform;

  const userWithLink = async () => {
    const name = freshName();
    await identity().registerAs(name);
    const token = await useCases().logIn(name);
    const { user } = await useCases().caller(token);
    const { tables, commit } = platform();
    const { code, write } = newFreezeCode(tables.users, systemRandom, identity().clock.now(), user.userId);
    await commit([write]);
    return { name, token, user, code };
  };

  const follow = (code: string) => freezeAccount(platform(), code, { locale: 'en', admitted: Promise.resolve() });

  const statusOf = async (userId: string) =>
    (await getUser(platform().tables.users, userId, identity().clock.now()))?.userStatus;

  it('locks the account, ends every session, tells the user, and may be followed again', async () => {
    const { name, token, user, code } = await userWithLink();
    const other = await useCases().logIn(name);
    expect(await follow(code)).toEqual({ ok: true });
    expect(await statusOf(user.userId)).toBe(UserStatus.LOCKED);
    expect(await identity().callerOf(token)).toBeUndefined();
    expect(await identity().callerOf(other)).toBeUndefined();
    expect(await identity().attempt(name)).toEqual({ ok: false, code: 'ACCOUNT_BLOCKED' });
    expect(await follow(code)).toEqual({ ok: true });
    const mails = await waitingMails(identity().resources, emailOf(name));
    expect(mails.filter(({ kind }) => kind === 'account-locked')).toHaveLength(1);
  });

  it('is spent once staff have unlocked the account', async () => {
    const { user, code } = await userWithLink();
    await follow(code);
    const { tables, commit } = platform();
    const locked = await getUser(tables.users, user.userId, identity().clock.now());
    if (!locked) throw new Error('The user is gone.');
    await commit([lockUser(tables.users, locked, UserStatus.NORMAL)]);
    expect(await follow(code)).toEqual({ ok: false, code: 'LINK_INVALID' });
    expect(await statusOf(user.userId)).toBe(UserStatus.NORMAL);
  });

  it('is good for seven days, and unguessable codes lock nobody', async () => {
    const { user, code } = await userWithLink();
    expect(await follow('A'.repeat(43))).toEqual({ ok: false, code: 'LINK_INVALID' });
    identity().clock.advance(7 * DAY);
    expect(await follow(code)).toEqual({ ok: false, code: 'LINK_INVALID' });
    expect(await statusOf(user.userId)).not.toBe(UserStatus.LOCKED);
  });

  it('locks once of 50 at the same time, and all are told that it is locked', async () => {
    const { name, code } = await userWithLink();
    const results = await Promise.all(Array.from({ length: 50 }, () => follow(code)));
    expect(results).toEqual(Array.from({ length: 50 }, () => ({ ok: true })));
    const mails = await waitingMails(identity().resources, emailOf(name));
    expect(mails.filter(({ kind }) => kind === 'account-locked')).toHaveLength(1);
  });

  it('is stored as a hash only', async () => {
    const { code } = await userWithLink();
    expect(await storedText(identity().resources)).not.toContain(code);
  });
});
