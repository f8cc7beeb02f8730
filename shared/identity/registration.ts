import type { BodyOf, Failure } from '../contracts/endpoint.ts';
import type { register } from '../contracts/endpoints/auth/register.ts';
import { OperationCode, UserStatus } from '../contracts/enums.ts';
import type { Locale } from '../contracts/locale.ts';
import { enqueue } from '../mail/outbox.ts';
import type { PasswordHasher } from '../platform/password-hash.ts';
import type { Platform } from '../platform/platform.ts';
import { randomId } from '../platform/random.ts';
import { rememberBrowser } from './browsers.ts';
import { spendCaptcha } from './captcha-store.ts';
import { refuseCommonPassword } from './common-passwords.ts';
import { logEntry, type Origin } from './login-log.ts';
import { REGISTRATION_LIFETIME } from './user.ts';
import { newUser } from './user-store.ts';

type Registered = { readonly ok: true; readonly data: null };
type Refused = Failure<typeof register>;

export interface RegistrationContext {
  readonly origin: Origin;
  readonly locale: Locale;
  /** Rejects when the source address has asked too often. */
  readonly admitted: Promise<void>;
}

/** Positions in the transaction, by which a refusal is told apart. */
const USERNAME_WRITE = 1;
const EMAIL_WRITE = 2;

/**
 * Registers a user: user, both unique names, the log entry and the mail with the first code in one transaction. The
 * code itself is made when that mail is sent.
 */
export const registerUser = async (
  platform: Platform<(typeof register)['uses']>,
  passwords: PasswordHasher,
  body: BodyOf<typeof register>,
  { origin, locale, admitted }: RegistrationContext,
): Promise<Registered | Refused> => {
  const common = refuseCommonPassword('password', body.password, locale);
  if (common) return common;
  const { tables, clock, random, commit, requestId } = platform;
  const now = clock.now();
  const [solved] = await Promise.all([spendCaptcha(tables.ephemeral, commit, body, now), admitted]);
  if (!solved) return { ok: false, code: 'CAPTCHA_WRONG' };
  const user = {
    userId: randomId(random),
    username: body.username,
    email: body.email,
    passwordHash: await passwords.hash(body.password),
    userStatus: UserStatus.NOT_ACTIVATED,
    kycLevel: 0 as const,
    is2FA: false,
    sessionEpoch: 0,
    createdAt: now,
    locale,
    expiresAt: now + REGISTRATION_LIFETIME,
  };
  const { userId, username, email } = user;
  const mail = { kind: 'verification', facts: {}, userId, username, to: email, locale } as const;
  const result = await commit([
    ...newUser(tables.users, user),
    logEntry(tables.users, { userId, operationCode: OperationCode.REGISTER, at: now, origin }, random),
    enqueue(tables.outbox, { random, now, requestId: requestId() }, mail),
    rememberBrowser(tables.users, userId, origin.userAgent, now),
  ]);
  if (!result.committed) {
    const taken = new Set(result.refusals.map(({ index }) => index));
    if (taken.has(USERNAME_WRITE)) return { ok: false, code: 'USERNAME_TAKEN' };
    if (taken.has(EMAIL_WRITE)) return { ok: false, code: 'EMAIL_TAKEN' };
    throw new Error('A registration was refused although both of its names are free.');
  }
  return { ok: true, data: null };
};
