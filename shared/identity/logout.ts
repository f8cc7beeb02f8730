import type { logout } from '../contracts/endpoints/auth/logout.ts';
import { OperationCode } from '../contracts/enums.ts';
import type { Platform } from '../platform/platform.ts';
import { logEntry, type Origin } from './login-log.ts';
import type { Session } from './session.ts';
import { endSession } from './session-store.ts';

/** Ends one session at once, and logs it. */
export const logOut = async (
  { tables, clock, random, commit }: Platform<(typeof logout)['uses']>,
  session: Session,
  origin: Origin,
): Promise<{ readonly ok: true; readonly data: null }> => {
  const entry = { userId: session.userId, operationCode: OperationCode.LOGOUT, at: clock.now(), origin };
  await commit([endSession(tables.users, session), logEntry(tables.users, entry, random)]);
  return { ok: true, data: null };
};
