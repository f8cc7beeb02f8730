import { timeToLive } from '../platform/clock.ts';
import { parseOften } from '../platform/compiled-schema.ts';
import type { TableWith } from '../platform/platform.ts';
import type { Item, Key, Write } from '../platform/writes.ts';
import type { Factor } from './factor/factor.ts';
import { factorKey, parseFactor } from './factor/factor-store.ts';
import { endOf, isAlive, type Session, SESSION_LIMITS, sessionItem } from './session.ts';
import type { TokenClaim } from './token.ts';
import { liveUser, type User } from './user.ts';
import { userKey } from './user-store.ts';

/** Who is calling, by a session or by an API key. */
export interface KnownCaller {
  readonly user: User;
  /** Read only for endpoints that declare `readsFactor`; there too, absent for who never applied for one. */
  readonly factor?: Factor | undefined;
}

/** Who is calling by a session. */
export interface Caller extends KnownCaller {
  readonly session: Session;
}

/** The session's key: in the user's partition, so that who is calling takes one round trip. */
export const sessionKey = ({ userId, sessionId }: Pick<Session, 'userId' | 'sessionId'>): Key => ({
  pk: `USER#${userId}`,
  sk: `SESSION#${sessionId}`,
});

/** Finds who a token belongs to; `undefined` when it is unknown, expired or revoked. */
export const findCaller = async (
  table: TableWith<'batchGet'>,
  claim: TokenClaim,
  now: number,
  readsFactor = false,
): Promise<Caller | undefined> => {
  const keys = [userKey(claim.userId), sessionKey(claim), ...(readsFactor ? [factorKey(claim.userId)] : [])];
  const items = await table.batchGet(keys);
  const [userFound, sessionFound, factorFound] = keys.map(({ sk }) => items.find((item) => item['sk'] === sk));
  const session = parseOften(sessionItem, sessionFound);
  const user = liveUser(userFound, now);
  if (!session.success || !user || !isAlive(session.data, user, now)) return undefined;
  return { session: session.data, user, ...(readsFactor && { factor: parseFactor(factorFound) }) };
};

/** Writes "last seen"; does nothing to a session that has been revoked meanwhile. */
export const slide = (table: TableWith<'update'>, session: Session, now: number): Write =>
  table.update(sessionKey(session), {
    update: 'SET lastSeenAt = :now, #ttl = :ttl',
    condition: 'attribute_exists(pk)',
    names: { '#ttl': 'ttl' },
    values: { ':now': now, ':ttl': timeToLive(endOf({ ...session, lastSeenAt: now })) },
  });

/** Describes a new session; its time-to-live moves on as it slides. */
export const newSession = (table: TableWith<'put'>, session: Session): Write =>
  table.put({
    ...sessionKey(session),
    ...session,
    ttl: timeToLive(endOf(session)),
  });

export const endSession = (table: TableWith<'delete'>, session: Session): Write => table.delete(sessionKey(session));

/** Ends a session by its id; refused where the user has none of that id. */
export const revokeSession = (table: TableWith<'delete'>, session: Pick<Session, 'userId' | 'sessionId'>): Write =>
  table.delete(sessionKey(session), { condition: 'attribute_exists(pk)' });

/** Sessions of one user that are looked at; the table forgets each a day after login. */
const SESSIONS_READ = 1_000;

/** The stored sessions of a user, those that are over included. */
export const listSessions = async (table: TableWith<'query'>, userId: string): Promise<readonly Session[]> => {
  const query = { partition: `USER#${userId}`, sortPrefix: 'SESSION#', limit: SESSIONS_READ };
  return (await table.query(query)).map((item) => sessionItem.parse(item));
};

/**
 * Moves a session to a new epoch of its user, and so keeps it when that ends all others; refused when it ended
 * meanwhile. Wrong old passwords before it are forgotten.
 */
export const keepSession = (table: TableWith<'update'>, kept: Session, epoch: number): Write =>
  table.update(sessionKey(kept), {
    update: 'SET epoch = :new REMOVE wrongPasswords',
    condition: 'attribute_exists(pk)',
    values: { ':new': epoch },
  });

/** Marks a session as re-authenticated; refused when it ended meanwhile. */
export const markReauthenticated = (table: TableWith<'update'>, session: Session, now: number): Write =>
  table.update(sessionKey(session), {
    update: 'SET reauthenticatedAt = :now',
    condition: 'attribute_exists(pk)',
    values: { ':now': now },
  });

/** Counts a try at the old password before it is compared; refused after the fifth in a row. */
export const countPasswordTry = (table: TableWith<'update'>, session: Session): Write =>
  table.update(sessionKey(session), {
    update: 'SET wrongPasswords = if_not_exists(wrongPasswords, :zero) + :one',
    condition: 'attribute_exists(pk) AND (attribute_not_exists(wrongPasswords) OR wrongPasswords < :most)',
    values: { ':zero': 0, ':one': 1, ':most': SESSION_LIMITS.wrongPasswords },
  });

/** Wrong old passwords in a row, by the session's item. */
export const wrongPasswordsIn = (item: Item | undefined): number => sessionItem.parse(item).wrongPasswords ?? 0;
