import type { BodyOf } from '../contracts/endpoint.ts';
import type { verify } from '../contracts/endpoints/auth/verify.ts';
import { UserStatus } from '../contracts/enums.ts';
import type { Platform } from '../platform/platform.ts';
import { countTry, isRightCode, mailTarget, spendCode } from './one-time-code.ts';
import { activateUser, findUserId, getUser } from './user-store.ts';

type Verified = { readonly ok: true; readonly data: null };
type NotVerified = { readonly ok: false; readonly code: 'EMAIL_CODE_WRONG' };

const WRONG: NotVerified = { ok: false, code: 'EMAIL_CODE_WRONG' };

/** Activates a registration. An unknown user, a wrong, spent or late code, and an active user are answered alike. */
export const verifyUser = async (
  platform: Platform<(typeof verify)['uses']>,
  body: BodyOf<typeof verify>,
  admitted: Promise<void>,
): Promise<Verified | NotVerified> => {
  const { tables, clock, commit } = platform;
  const now = clock.now();
  const [userId] = await Promise.all([findUserId(tables.users, body.loginName, now), admitted]);
  if (userId === undefined) return WRONG;
  const target = mailTarget(userId);
  const [user, counted] = await Promise.all([
    getUser(tables.users, userId, now),
    commit([countTry(tables.ephemeral, target, now)]),
  ]);
  if (!user || !counted.committed || !isRightCode(counted.item, target, body.code)) return WRONG;
  const result = await commit([
    ...activateUser(tables.users, user, { from: UserStatus.NOT_ACTIVATED, to: UserStatus.NORMAL }, now),
    spendCode(tables.ephemeral, target, counted.item),
  ]);
  return result.committed ? { ok: true, data: null } : WRONG;
};
