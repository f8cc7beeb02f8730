import type { DataOf } from '../contracts/endpoint.ts';
import { ExactNumber } from '../contracts/exact-number.ts';
import type { staffUser } from '../contracts/staff/user.ts';
import { readLog } from '../identity/login-log.ts';
import { isAlive } from '../identity/session.ts';
import { listSessions } from '../identity/session-store.ts';
import type { User } from '../identity/user.ts';
import { clientOf } from '../identity/user-agent.ts';
import type { Platform } from '../platform/platform.ts';
import { auditLook } from './audit.ts';
import type { StaffCaller } from './staff-caller.ts';
import { findTarget } from './target.ts';

type View = DataOf<typeof staffUser>;

/** The newest entries of the log that are shown. */
const LOG_SHOWN = { pageSize: 20, pageNum: 1 } as const;

const factsOf = (user: User): Omit<View, 'sessions' | 'log'> => {
  const { userId, username, email, userStatus, kycLevel, is2FA, isVip = false, spread, createdAt, holdUntil } = user;
  return {
    userId,
    username,
    email,
    userStatus,
    kycLevel,
    is2FA,
    isVIP: isVip,
    spread: spread === undefined ? null : new ExactNumber(spread),
    created: createdAt,
    holdUntil: holdUntil ?? null,
  };
};

/** What staff see of a user. That they looked is recorded first. */
export const viewUser = async (
  platform: Platform<(typeof staffUser)['uses']>,
  staff: StaffCaller,
  username: string,
) => {
  const { tables, clock } = platform;
  const now = clock.now();
  const target = await findTarget(tables.users, username, now);
  if (!target) return { ok: false, code: 'NOT_FOUND' } as const;
  const [sessions, events] = await Promise.all([
    listSessions(tables.users, target.userId),
    readLog(tables.users, target.userId, LOG_SHOWN),
    auditLook(platform, staff, { action: 'user.read', target }),
  ]);
  const data: View = {
    ...factsOf(target),
    sessions: sessions.filter((session) => isAlive(session, target, now)).length,
    log: events.map(({ userAgent, operationCode, logTime, ip, area }) => {
      const { browser, os } = clientOf(userAgent);
      return { operationCode, logTime, ip, area, browser, os };
    }),
  };
  return { ok: true, data } as const;
};
