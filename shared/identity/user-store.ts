import * as z from 'zod/mini';
import { sha256 } from '../platform/digest.ts';
import { DAY, timeToLive } from '../platform/clock.ts';
import type { TableWith } from '../platform/platform.ts';
import { ABSENT, type Condition, type Key, type Write } from '../platform/writes.ts';
import { liveUser, type User } from './user.ts';

export const userKey = (userId: string): Key => ({ pk: `USER#${userId}`, sk: 'USER' });

const guardItem = z.object({ userId: z.string(), expiresAt: z.optional(z.int()) });

/** Unique names are guard items: whoever owns the item owns the name. Both kinds compare without case. */
export const usernameGuard = (username: string): Key => ({ pk: `USERNAME#${username.toLowerCase()}`, sk: 'GUARD' });
export const emailGuard = (email: string): Key => ({ pk: `EMAIL#${email.toLowerCase()}`, sk: 'GUARD' });

/** A name with an `@` is an e-mail address, since usernames cannot hold one. */
const guardOf = (loginName: string): Key =>
  loginName.includes('@') ? emailGuard(loginName) : usernameGuard(loginName);

/** The user id that a login name stands for; `undefined` for an unknown one and for a lapsed registration. */
export const findUserId = async (
  table: TableWith<'get'>,
  loginName: string,
  now: number,
): Promise<string | undefined> => {
  const item = await table.get(guardOf(loginName));
  if (item === undefined) return undefined;
  const guard = guardItem.parse(item);
  return guard.expiresAt !== undefined && guard.expiresAt <= now ? undefined : guard.userId;
};

/**
 * An id for a name that nobody has: always the same for the same name, so that the whole of a login can be
 * gone through for it, with the same reads and the same counting as for a real user.
 */
export const phantomUserId = (loginName: string): string => sha256(`phantom:${guardOf(loginName).pk}`).slice(0, 32);

export const getUser = async (table: TableWith<'get'>, userId: string, now: number): Promise<User | undefined> =>
  liveUser(await table.get(userKey(userId)), now);

/** A name is free when nobody has it or when the registration that had it lapsed (deletion may lag days behind). */
const freeName = (now: number): Condition => ({
  condition: 'attribute_not_exists(pk) OR expiresAt <= :now',
  values: { ':now': now },
});

/** Describes a registration: user and both names, in this order. It lapses at `expiresAt` unless activated. */
export const newUser = (table: TableWith<'put'>, user: User & { readonly expiresAt: number }): readonly Write[] => {
  const { userId, expiresAt } = user;
  const guard = { userId, expiresAt, ttl: timeToLive(expiresAt) };
  const free = freeName(user.createdAt);
  return [
    table.put({ ...userKey(userId), ...user, ttl: timeToLive(expiresAt) }, ABSENT),
    table.put({ ...usernameGuard(user.username), ...guard }, free),
    table.put({ ...emailGuard(user.email), ...guard }, free),
  ];
};

/** Describes the activation: user and both names stop lapsing. Refused when the user is no longer in state `from`. */
export const activateUser = (
  table: TableWith<'update'>,
  user: User,
  states: { readonly from: User['userStatus']; readonly to: User['userStatus'] },
  now: number,
): readonly Write[] => {
  const keep = {
    update: 'REMOVE expiresAt, #ttl',
    condition: 'userId = :userId',
    names: { '#ttl': 'ttl' },
    values: { ':userId': user.userId },
  } as const;
  return [
    table.update(userKey(user.userId), {
      update: 'SET userStatus = :to REMOVE expiresAt, #ttl',
      condition: 'userStatus = :from AND expiresAt > :now',
      names: { '#ttl': 'ttl' },
      values: { ':from': states.from, ':to': states.to, ':now': now },
    }),
    table.update(usernameGuard(user.username), keep),
    table.update(emailGuard(user.email), keep),
  ];
};

/** Stores a password hash made with newer parameters, unless the password was changed meanwhile. */
export const rehashPassword = (table: TableWith<'update'>, user: User, passwordHash: string): Write =>
  table.update(userKey(user.userId), {
    update: 'SET passwordHash = :new',
    condition: 'passwordHash = :old',
    values: { ':new': passwordHash, ':old': user.passwordHash },
  });

/** What a change of credentials sets beside ending sessions and starting the hold. */
export interface CredentialChange {
  readonly passwordHash?: string;
  readonly is2FA?: false;
  /** Whether every API key dies with it. */
  readonly endsKeys: boolean;
}

/** In an update of a user, for its `SET`: every API key is dead from then on. Takes the values beside it. */
export const END_KEYS = {
  set: 'keyEpoch = if_not_exists(keyEpoch, :noEpoch) + :nextEpoch',
  values: { ':noEpoch': 0, ':nextEpoch': 1 },
} as const;

/** How long outgoing money and new API keys are held after credentials changed (API 4.6). */
export const HOLD = DAY;

/**
 * Changes credentials: every session of the user ends, those aside that are moved to the new epoch with it, and the
 * hold starts. Refused when password, factor or epoch changed since `user` was read.
 */
export const changeCredentials = (
  table: TableWith<'update'>,
  user: User,
  change: CredentialChange,
  now: number,
): Write => {
  const { endsKeys, ...credentials } = change;
  const changes = Object.entries(credentials);
  const sets = [
    'sessionEpoch = :epoch',
    'holdUntil = :hold',
    ...changes.map(([name]) => `${name} = :${name}`),
    ...(endsKeys ? [END_KEYS.set] : []),
  ];
  return table.update(userKey(user.userId), {
    update: `SET ${sets.join(', ')}`,
    condition: 'sessionEpoch = :seenEpoch AND passwordHash = :seenHash AND is2FA = :seen2FA',
    values: {
      ...Object.fromEntries(changes.map(([name, value]) => [`:${name}`, value])),
      ...(endsKeys && END_KEYS.values),
      ':epoch': user.sessionEpoch + 1,
      ':hold': now + HOLD,
      ':seenEpoch': user.sessionEpoch,
      ':seenHash': user.passwordHash,
      ':seen2FA': user.is2FA,
    },
  });
};

/** Ends every session of the user by a new epoch; refused when it was moved meanwhile. */
export const raiseEpoch = (table: TableWith<'update'>, user: User): Write =>
  table.update(userKey(user.userId), {
    update: 'SET sessionEpoch = :new',
    condition: 'sessionEpoch = :old',
    values: { ':new': user.sessionEpoch + 1, ':old': user.sessionEpoch },
  });

/** Says of the user that a second factor is bound. Sessions stay: each has just the password, and so has who binds. */
export const markFactorBound = (table: TableWith<'update'>, userId: string): Write =>
  table.update(userKey(userId), {
    update: 'SET is2FA = :yes',
    condition: 'is2FA = :no',
    values: { ':yes': true, ':no': false },
  });

/** Locks the account for what its user reported, and ends every session and key; refused where its status changed. */
export const lockUser = (table: TableWith<'update'>, user: User, locked: User['userStatus']): Write =>
  table.update(userKey(user.userId), {
    update: `SET userStatus = :locked, sessionEpoch = :epoch, ${END_KEYS.set}`,
    condition: 'userStatus = :seen AND sessionEpoch = :seenEpoch',
    values: {
      ...END_KEYS.values,
      ':locked': locked,
      ':epoch': user.sessionEpoch + 1,
      ':seen': user.userStatus,
      ':seenEpoch': user.sessionEpoch,
    },
  });
