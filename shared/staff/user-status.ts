import { UserStatus } from '../contracts/enums.ts';
import type { BodyOf } from '../contracts/endpoint.ts';
import type { staffUserStatus } from '../contracts/staff/user-status.ts';
import { notified } from '../identity/acting.ts';
import type { User } from '../identity/user.ts';
import type { Platform } from '../platform/platform.ts';
import { commitAudited } from './audit.ts';
import type { StaffCaller } from './staff-caller.ts';
import { findTarget, inLanguageOf } from './target.ts';
import { setStatus } from './user-changes.ts';

/** What staff may make of a registration that was never verified: it cannot become a user who can trade. */
const FOR_UNVERIFIED: ReadonlySet<User['userStatus']> = new Set([
  UserStatus.BLOCKED,
  UserStatus.DELETED,
  UserStatus.SUSPENDED,
  UserStatus.LOCKED,
]);

/** Whether staff may change the status so. An erased account stays closed. Only registration makes a user NotActivated, and only the user's code ends it. */
export const allowsStatus = (
  user: Pick<User, 'userStatus' | 'expiresAt' | 'erasureAt'>,
  to: User['userStatus'],
): boolean => {
  if (user.erasureAt !== undefined) return false;
  if (to === UserStatus.NOT_ACTIVATED || to === user.userStatus) return false;
  return user.expiresAt === undefined || FOR_UNVERIFIED.has(to);
};

/** Sets a user's status, with its audit record. The user is told when it is a lock. */
export const changeStatus = async (
  platform: Platform<(typeof staffUserStatus)['uses']>,
  staff: StaffCaller,
  username: string,
  { userStatus, reason }: BodyOf<typeof staffUserStatus>,
) => {
  const { tables, clock } = platform;
  const target = await findTarget(tables.users, username, clock.now());
  if (!target) return { ok: false, code: 'NOT_FOUND' } as const;
  if (!allowsStatus(target, userStatus)) return { ok: false, code: 'ILLEGAL_STATE' } as const;
  const before = { userStatus: target.userStatus };
  const change = { action: 'user.status', target, reason, before, after: { userStatus } } as const;
  const changes = [setStatus(tables.users, target, userStatus, clock.now())];
  if (userStatus === UserStatus.LOCKED) {
    changes.push(
      notified(platform, target, inLanguageOf(target), { kind: 'account-locked', facts: { at: clock.now() } }),
    );
  }
  return commitAudited(platform, staff, change, changes);
};
