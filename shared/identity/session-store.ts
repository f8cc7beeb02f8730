import { timeToLive } from '../platform/clock.ts';
import type { TableWith } from '../platform/platform.ts';
import type { Key, Write } from '../platform/writes.ts';
import { endOf, isAlive, type Session, sessionItem } from './session.ts';
import type { TokenClaim } from './token.ts';
import { liveUser, type User } from './user.ts';
import { userKey } from './user-store.ts';

export interface Caller {
  readonly session: Session;
  readonly user: User;
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
): Promise<Caller | undefined> => {
  const sk = sessionKey(claim).sk;
  const items = await table.batchGet([userKey(claim.userId), sessionKey(claim)]);
  const session = sessionItem.safeParse(items.find((item) => item['sk'] === sk));
  const user = liveUser(
    items.find((item) => item['sk'] !== sk),
    now,
  );
  if (!session.success || !user) return undefined;
  return isAlive(session.data, user, now) ? { session: session.data, user } : undefined;
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
 * Ends every session of the user but one, by moving the user and that session to a new epoch. Refused when the
 * epoch was moved, or the session ended, meanwhile.
 */
export const moveToEpoch = (table: TableWith<'update'>, user: User, kept: Session, epoch: number): readonly Write[] => [
  table.update(userKey(user.userId), {
    update: 'SET sessionEpoch = :new',
    condition: 'sessionEpoch = :old',
    values: { ':new': epoch, ':old': user.sessionEpoch },
  }),
  table.update(sessionKey(kept), {
    update: 'SET epoch = :new',
    condition: 'attribute_exists(pk)',
    values: { ':new': epoch },
  }),
];
