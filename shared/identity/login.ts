import type { BodyOf, DataOf } from '../contracts/endpoint.ts';
import type { login } from '../contracts/endpoints/auth/login.ts';
import { OperationCode } from '../contracts/enums.ts';
import { HOUR } from '../platform/clock.ts';
import type { PasswordHasher } from '../platform/password-hash.ts';
import type { EndpointPlatform } from '../platform/platform.ts';
import type { Write } from '../platform/writes.ts';
import { logged, type Setting } from './acting.ts';
import { isKnownBrowser, newBrowser } from './browsers.ts';
import { spendCaptcha } from './captcha-store.ts';
import {
  type Attempt,
  failuresOf,
  releaseAttempt,
  type Reservation,
  reserveAttempt,
  resetAttempts,
} from './login-attempts.ts';
import { logEntry, type Origin } from './login-log.ts';
import { createRequestQuota } from './request-quota.ts';
import { newSession } from './session-store.ts';
import { issueToken, tokenHash } from './token.ts';
import { mayLogIn, type User } from './user.ts';
import { findUserId, getUser, phantomUserId, rehashPassword } from './user-store.ts';

type Body = BodyOf<typeof login>;

type LoggedIn = { readonly ok: true; readonly data: DataOf<typeof login>; readonly token: string };
type Refused =
  | { readonly ok: false; readonly code: 'WRONG_CREDENTIALS' | 'CAPTCHA_WRONG'; readonly data: { wrongTime: number } }
  | { readonly ok: false; readonly code: 'ACCOUNT_BLOCKED' }
  | {
      readonly ok: false;
      readonly code: 'RATE_LIMITED';
      readonly retryAfter: number;
      readonly params: { readonly seconds: string };
    };

/** Entries about names that nobody has are written for the sake of equal timing, and kept no longer than this. */
const PHANTOM_LOG_LIFETIME = HOUR;

const refusalOf = (reservation: Exclude<Reservation, { outcome: 'reserved' }>): Refused =>
  reservation.outcome === 'captchaNeeded'
    ? { ok: false, code: 'CAPTCHA_WRONG', data: { wrongTime: reservation.failures } }
    : {
        ok: false,
        code: 'RATE_LIMITED',
        retryAfter: reservation.retryAfter,
        params: { seconds: String(reservation.retryAfter) },
      };

type LoginPlatform = EndpointPlatform<(typeof login)['uses']>;

/** The session that the right password opens; it is pending while the second factor is owed. */
const sessionOf = (
  platform: LoginPlatform,
  { userId, is2FA, sessionEpoch }: User,
  sessionId: string,
  { ip, userAgent }: Origin,
): Write => {
  const at = platform.clock.now();
  const session = { userId, sessionId, createdAt: at, lastSeenAt: at, ip, userAgent };
  return newSession(platform.tables.users, { ...session, pending: is2FA, epoch: sessionEpoch });
};

/** What goes with a login that owes nothing more; one that owes its second factor is none yet. */
const whole = (platform: LoginPlatform, user: User, setting: Setting, knownBrowser: boolean): readonly Write[] =>
  user.is2FA
    ? []
    : [
        logged(platform, user, OperationCode.LOGIN, setting),
        ...(knownBrowser ? [] : newBrowser(platform, user, setting)),
      ];

/**
 * Logs a user in. An unknown name goes the same way as a wrong password: the same reads and writes under a
 * phantom id, one password hash, the same answer. `admitted` rejects when the source address has asked too often.
 */
export const createLogin = (platform: LoginPlatform, passwords: PasswordHasher) => {
  const { tables, clock, random, commit } = platform;
  const quota = createRequestQuota(tables.ephemeral, platform);
  const attempts = { table: tables.ephemeral, commit, random, now: () => clock.now() };

  const fail = async (attempt: Attempt, user: User | undefined, origin: Origin): Promise<Refused> => {
    const at = clock.now();
    const entry = { userId: attempt.subject, operationCode: OperationCode.LOGIN_FAILED, at, origin };
    const lifetime = user ? {} : { expiresAt: at + PHANTOM_LOG_LIFETIME };
    const [wrongTime] = await Promise.all([
      failuresOf(attempts, attempt),
      commit([logEntry(tables.users, { ...entry, ...lifetime }, random)]),
    ]);
    return { ok: false, code: 'WRONG_CREDENTIALS', data: { wrongTime } };
  };

  const succeed = async (user: User, setting: Setting, knownBrowser: boolean): Promise<LoggedIn> => {
    const { userId, username, email, userStatus, is2FA, kycLevel } = user;
    const token = issueToken(userId, random);
    const claim = { userId, sessionId: tokenHash(token) };
    const session = sessionOf(platform, user, claim.sessionId, setting.origin);
    const written = commit([session, ...whole(platform, user, setting, knownBrowser)]);
    await Promise.all([written, quota.admit(claim)]);
    return { ok: true, data: { email, username, userStatus, is2FA, isKyc: kycLevel >= 1 }, token };
  };

  const rehash = async (user: User, password: string): Promise<void> => {
    await commit([rehashPassword(tables.users, user, await passwords.hash(password))]);
  };

  return async (
    body: Body,
    { admitted, ...setting }: Setting & { readonly admitted: Promise<void> },
  ): Promise<LoggedIn | Refused> => {
    const { origin } = setting;
    const now = clock.now();
    const [userId, captchaSolved] = await Promise.all([
      findUserId(tables.users, body.loginName, now),
      spendCaptcha(tables.ephemeral, commit, body, now),
      admitted,
    ]);
    const attempt = { subject: userId ?? phantomUserId(body.loginName), ip: origin.ip, captchaSolved };
    const [user, reservation, knownBrowser] = await Promise.all([
      getUser(tables.users, attempt.subject, now),
      reserveAttempt(attempts, attempt),
      isKnownBrowser(tables.users, attempt.subject, origin.userAgent),
    ]);
    if (reservation.outcome !== 'reserved') return refusalOf(reservation);

    const { matches, needsRehash } = await passwords.verify(body.password, user?.passwordHash);
    if (!user || !matches) return fail(attempt, user, origin);
    if (!mayLogIn(user)) {
      await releaseAttempt(attempts, attempt);
      return { ok: false, code: 'ACCOUNT_BLOCKED' };
    }
    const [loggedIn] = await Promise.all([
      succeed(user, setting, knownBrowser),
      resetAttempts(attempts, attempt),
      needsRehash ? rehash(user, body.password) : undefined,
    ]);
    return loggedIn;
  };
};
