import type { BodyOf } from '../contracts/endpoint.ts';
import type { applyVerificationCode, verify } from '../contracts/endpoints/auth.ts';
import { UserStatus } from '../contracts/enums.ts';
import type { Locale } from '../contracts/locale.ts';
import { SECOND } from '../platform/clock.ts';
import type { Platform } from '../platform/platform.ts';
import { spendCaptcha } from './captcha-store.ts';
import {
  countTry,
  forgetPause,
  getMailCode,
  isRightCode,
  MAIL_CODE,
  maySend,
  newMailCode,
  spendMailCode,
} from './mail-code.ts';
import { activateUser, findUserId, getUser } from './user-store.ts';
import { verificationMail } from './verification-mail.ts';

type CodeSent = { readonly ok: true; readonly data: { readonly email: string } };
type TooSoon = {
  readonly ok: false;
  readonly code: 'RATE_LIMITED';
  readonly retryAfter: number;
  readonly params: { readonly seconds: string };
};
type NotSent =
  | { readonly ok: false; readonly code: 'USER_NOT_FOUND' | 'CAPTCHA_WRONG' | 'MAIL_NOT_SENT' | 'SMS_NOT_SENT' }
  | TooSoon;

const tooSoon = (milliseconds: number): TooSoon => {
  const retryAfter = Math.max(1, Math.ceil(milliseconds / SECOND));
  return { ok: false, code: 'RATE_LIMITED', retryAfter, params: { seconds: String(retryAfter) } };
};

/** `t***@example.com`: for callers who know a username and need not learn the address. */
const maskEmail = (email: string): string => `${email.slice(0, 1)}***${email.slice(email.lastIndexOf('@'))}`;

export interface SendingContext {
  /** The user whose session asks, if any. */
  readonly callerId: string | undefined;
  readonly locale: Locale;
  /** Rejects when the source address has asked too often. */
  readonly admitted: Promise<void>;
}

/** Mails a fresh code to a user, within the limits of API 3.4. */
export const sendMailCode = async (
  platform: Platform<(typeof applyVerificationCode)['uses']>,
  body: BodyOf<typeof applyVerificationCode>,
  { callerId, locale, admitted }: SendingContext,
): Promise<CodeSent | NotSent> => {
  // There is no way to send text messages yet; a mail in place of one would go where nobody looks for it.
  if (body.mobilePhone) return { ok: false, code: 'SMS_NOT_SENT' };
  const { tables, clock, random, commit, mailer } = platform;
  const now = clock.now();
  const [userId] = await Promise.all([findUserId(tables.users, body.loginName, now), admitted]);
  if (userId === undefined) return { ok: false, code: 'USER_NOT_FOUND' };
  const [user, previous] = await Promise.all([
    getUser(tables.users, userId, now),
    getMailCode(tables.ephemeral, userId),
  ]);
  if (!user) return { ok: false, code: 'USER_NOT_FOUND' };

  const isCaller = callerId === userId;
  const permission = maySend(previous, isCaller, now);
  if (!permission.allowed) return tooSoon(permission.retryAt - now);
  const solved = !permission.captchaNeeded || (await spendCaptcha(tables.ephemeral, commit, body, now));
  if (!solved) return { ok: false, code: 'CAPTCHA_WRONG' };

  const fresh = newMailCode(tables.ephemeral, { userId, previous, now }, random);
  if (!(await commit([fresh.write])).committed) return tooSoon(MAIL_CODE.pause);
  if (!(await mailer.send(verificationMail(user, fresh.code, locale)))) {
    await commit([forgetPause(tables.ephemeral, userId)]);
    return { ok: false, code: 'MAIL_NOT_SENT' };
  }
  const knowsEmail = isCaller || body.loginName.includes('@');
  return { ok: true, data: { email: knowsEmail ? user.email : maskEmail(user.email) } };
};

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
  const [user, counted] = await Promise.all([
    getUser(tables.users, userId, now),
    commit([countTry(tables.ephemeral, userId, now)]),
  ]);
  if (!user || !counted.committed || !isRightCode(counted.item, body.code)) return WRONG;
  const result = await commit([
    ...activateUser(tables.users, user, { from: UserStatus.NOT_ACTIVATED, to: UserStatus.NORMAL }, now),
    spendMailCode(tables.ephemeral, userId, counted.item),
  ]);
  return result.committed ? { ok: true, data: null } : WRONG;
};
