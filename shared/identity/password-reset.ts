import type { BodyOf, DataOf, Failure } from '../contracts/endpoint.ts';
import type { forgetPassword } from '../contracts/endpoints/account/forget-password.ts';
import { OperationCode } from '../contracts/enums.ts';
import type { PasswordHasher } from '../platform/password-hash.ts';
import type { Platform } from '../platform/platform.ts';
import { logged, notified, type Setting } from './acting.ts';
import { refuseCommonPassword } from './common-passwords.ts';
import { countTry, isRightCode, mailTarget, spendCode } from './one-time-code.ts';
import { nestedSuccessAt } from './password-change.ts';
import { mayLogIn } from './user.ts';
import { changeCredentials, findUserId, getUser, HOLD, phantomUserId } from './user-store.ts';

type Reset = { readonly ok: true; readonly data: DataOf<typeof forgetPassword> };
type Refused = Failure<typeof forgetPassword>;

const WRONG: Refused = { ok: false, code: 'VERIFICATION_CODE_WRONG' };

/**
 * Sets a new password with a mailed code: every session and API key ends, the 24-hour hold starts, the user gets a mail (API 4.5).
 * Unknown users, wrong, spent and late codes and accounts that are closed to logins are answered alike: whoever has
 * the mailbox of a locked account must not prepare it for the day that staff unlock it.
 */
export const resetPassword = async (
  platform: Platform<(typeof forgetPassword)['uses']>,
  passwords: PasswordHasher,
  { username, codeEmail, newPassword }: BodyOf<typeof forgetPassword>,
  { admitted, ...setting }: Setting & { readonly admitted: Promise<void> },
): Promise<Reset | Refused> => {
  const common = refuseCommonPassword('newPassword', newPassword, setting.locale);
  if (common) return common;
  const { tables, commit, clock } = platform;
  const [found] = await Promise.all([findUserId(tables.users, username, clock.now()), admitted]);
  const userId = found ?? phantomUserId(username);
  const target = mailTarget(userId);
  const [user, counted] = await Promise.all([
    getUser(tables.users, userId, clock.now()),
    commit([countTry(tables.ephemeral, target, clock.now())]),
  ]);
  if (!user || !mayLogIn(user) || !counted.committed || !isRightCode(counted.item, target, codeEmail)) return WRONG;
  const passwordHash = await passwords.hash(newPassword);
  const now = clock.now();
  const { committed } = await commit([
    changeCredentials(tables.users, user, { passwordHash, endsKeys: true }, now),
    spendCode(tables.ephemeral, target, counted.item),
    logged(platform, user, OperationCode.RECOVER_PASSWORD, setting),
    notified(platform, user, setting, { kind: 'password-reset', facts: { at: now, holdUntil: now + HOLD } }),
  ]);
  return committed ? { ok: true, data: nestedSuccessAt(now) } : { ok: false, code: 'UPDATE_FAILED' };
};
