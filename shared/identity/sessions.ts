import type { DataOf, QueryOf } from '../contracts/endpoint.ts';
import type { endSessions } from '../contracts/endpoints/account/end-sessions.ts';
import type { sessions } from '../contracts/endpoints/account/sessions.ts';
import type { Platform, TableWith } from '../platform/platform.ts';
import { isAlive, type Session } from './session.ts';
import { type Caller, keepSession, listSessions, revokeSession } from './session-store.ts';
import { clientOf } from './user-agent.ts';
import { raiseEpoch } from './user-store.ts';

type OpenSession = DataOf<typeof sessions>[number];

const describe = (session: Session, currentId: string): OpenSession => {
  const { sessionId, ip, userAgent, createdAt, lastSeenAt } = session;
  const { browser, os } = clientOf(userAgent);
  return { id: sessionId, ip, browser, os, created: createdAt, lastSeen: lastSeenAt, current: sessionId === currentId };
};

/** The user's open sessions, the last used first. */
export const openSessions = async (
  table: TableWith<'query'>,
  { user, session }: Caller,
  now: number,
): Promise<OpenSession[]> => {
  const all = await listSessions(table, user.userId);
  return all
    .filter((one) => isAlive(one, user, now))
    .toSorted((left, right) => right.lastSeenAt - left.lastSeenAt)
    .map((one) => describe(one, session.sessionId));
};

type Ended = { readonly ok: true; readonly data: null };
type NotEnded = { readonly ok: false; readonly code: 'NOT_FOUND' | 'UPDATE_FAILED' };

/** Ends the session of that id, or without one all but the caller's, from the very next request on. */
export const endUserSessions = async (
  { tables, commit }: Platform<(typeof endSessions)['uses']>,
  { user, session }: Caller,
  { id }: QueryOf<typeof endSessions>,
): Promise<Ended | NotEnded> => {
  if (id !== undefined) {
    const { committed } = await commit([revokeSession(tables.users, { userId: user.userId, sessionId: id })]);
    return committed ? { ok: true, data: null } : { ok: false, code: 'NOT_FOUND' };
  }
  const { committed } = await commit([
    raiseEpoch(tables.users, user),
    keepSession(tables.users, session, user.sessionEpoch + 1),
  ]);
  return committed ? { ok: true, data: null } : { ok: false, code: 'UPDATE_FAILED' };
};
