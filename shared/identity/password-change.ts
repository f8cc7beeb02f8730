import type { BodyOf, DataOf, Failure } from '../contracts/endpoint.ts';
import type { changePassword } from '../contracts/endpoints/account/change-password.ts';
import { OperationCode } from '../contracts/enums.ts';
import type { PasswordHasher } from '../platform/password-hash.ts';
import type { Platform } from '../platform/platform.ts';
import { logged, notified, type Setting } from './acting.ts';
import { refuseCommonPassword } from './common-passwords.ts';
import { SESSION_LIMITS } from './session.ts';
import { type Caller, countPasswordTry, endSession, keepSession, wrongPasswordsIn } from './session-store.ts';
import { changeCredentials, HOLD } from './user-store.ts';

type Changed = { readonly ok: true; readonly data: DataOf<typeof changePassword> };
type Refused = Failure<typeof changePassword>;

/** The second envelope that the reference nests in the first. */
export const nestedSuccessAt = (now: number): DataOf<typeof changePassword> => ({
  code: 1,
  data: null,
  msg: 'Success',
  success: true,
  time: now,
});

/**
 * Changes the password: every other session ends, the 24-hour hold starts, the user gets a mail (API 4.6). A try is
 * counted before the hash is computed, so that parallel guesses cannot have more than five; the fifth wrong one ends
 * the session.
 */
export const changeUserPassword = async (
  platform: Platform<(typeof changePassword)['uses']>,
  passwords: PasswordHasher,
  { user, session }: Caller,
  { oldPassword, newPassword }: BodyOf<typeof changePassword>,
  setting: Setting,
): Promise<Changed | Refused> => {
  const common = refuseCommonPassword('newPassword', newPassword, setting.locale);
  if (common) return common;
  const { tables, commit, clock } = platform;
  const counted = await commit([countPasswordTry(tables.users, session)]);
  if (!counted.committed) {
    await commit([endSession(tables.users, session)]);
    return { ok: false, code: 'TOKEN_EXPIRED' };
  }
  const { matches } = await passwords.verify(oldPassword, user.passwordHash);
  if (!matches) {
    const isLast = wrongPasswordsIn(counted.item) >= SESSION_LIMITS.wrongPasswords;
    if (isLast) await commit([endSession(tables.users, session)]);
    return { ok: false, code: 'WRONG_PASSWORD' };
  }
  const passwordHash = await passwords.hash(newPassword);
  const now = clock.now();
  const { committed } = await commit([
    changeCredentials(tables.users, user, { passwordHash, endsKeys: false }, now),
    keepSession(tables.users, session, user.sessionEpoch + 1),
    logged(platform, user, OperationCode.CHANGE_LOGIN_PASSWORD, setting),
    notified(platform, user, setting, { kind: 'password-changed', facts: { at: now, holdUntil: now + HOLD } }),
  ]);
  return committed ? { ok: true, data: nestedSuccessAt(now) } : { ok: false, code: 'UPDATE_FAILED' };
};
