import type { BodyOf, DataOf } from '../contracts/endpoint.ts';
import type { applyVerificationCode } from '../contracts/endpoints/auth/apply-verification-code.ts';
import type { Locale } from '../contracts/locale.ts';
import { verificationMail } from '../mail/verification-mail.ts';
import { SECOND } from '../platform/clock.ts';
import { commitGroups } from '../platform/commit-groups.ts';
import { describeError } from '../platform/logger.ts';
import type { Platform } from '../platform/platform.ts';
import type { Write } from '../platform/writes.ts';
import { StoreBusyError } from '../platform/table.ts';
import { spendCaptcha } from './captcha-store.ts';
import {
  CODE_RULES,
  type CodeTarget,
  forgetPause,
  getCode,
  mailTarget,
  maySend,
  newCode,
  smsTarget,
} from './one-time-code.ts';
import { parseMobile } from './phone.ts';
import { countText, NO_TEXT, textsRefused, type TextsRefused } from './text-quota.ts';
import type { User } from './user.ts';
import { findUserId, getUser } from './user-store.ts';
import { verificationText } from './verification-text.ts';

type Endpoint = typeof applyVerificationCode;
type SendingPlatform = Platform<Endpoint['uses']>;
type Body = BodyOf<Endpoint>;

type Sent = { readonly ok: true; readonly data: DataOf<Endpoint> };
type TooSoon = {
  readonly ok: false;
  readonly code: 'RATE_LIMITED';
  readonly retryAfter: number;
  readonly params: { readonly seconds: string };
};
type NotSent =
  | TooSoon
  | TextsRefused
  | {
      readonly ok: false;
      readonly code:
        | 'USER_NOT_FOUND'
        | 'CAPTCHA_WRONG'
        | 'MAIL_NOT_SENT'
        | 'SMS_NOT_SENT'
        | 'PHONE_INVALID'
        | 'TOKEN_EXPIRED';
    };

export interface SendingContext {
  /** The user whose session asks, if any. */
  readonly callerId: string | undefined;
  /** The source address. */
  readonly ip: string;
  readonly locale: Locale;
  /** Rejects when the source address has asked too often. */
  readonly admitted: Promise<void>;
}

/** A code on its way: to what, who asks, and how it is delivered. */
interface Delivery {
  readonly target: CodeTarget;
  readonly isCaller: boolean;
  readonly body: Body;
  /** Source address of who asks for a text message, which is counted; absent for a mail. */
  readonly textedFor?: string;
  readonly deliver: (code: string) => Promise<boolean>;
}

const tooSoon = (milliseconds: number): TooSoon => {
  const retryAfter = Math.max(1, Math.ceil(milliseconds / SECOND));
  return { ok: false, code: 'RATE_LIMITED', retryAfter, params: { seconds: String(retryAfter) } };
};

/** Stores a code and counts its text message, both or neither: what is refused leaves the code before it alone. */
const storeCode = async (
  { tables, settings, commit, log }: SendingPlatform,
  { target, textedFor: ip }: Delivery,
  code: Write,
  now: number,
): Promise<TooSoon | TextsRefused | undefined> => {
  const { textLimits } = settings;
  const counts = ip === undefined ? NO_TEXT : countText(tables.ephemeral, { number: target.id, ip }, textLimits, now);
  try {
    const stored = await commitGroups(commit, { code: [code], ...counts });
    if (stored.committed) return undefined;
    const refused = stored.refused.has('code') ? undefined : textsRefused(stored.refused, textLimits, now);
    if (refused?.code === 'TEXTS_EXHAUSTED') log('TEXTS_EXHAUSTED');
    return refused ?? tooSoon(CODE_RULES.pause);
  } catch (error) {
    if (ip === undefined) throw error;
    log('COUNTER_FAILED', describeError(error));
    throw new StoreBusyError('A text message could not be counted, so it was not sent. Try again.', { cause: error });
  }
};

/** Makes, stores and delivers a code within the limits of its target; `undefined` when it was delivered. */
const sendCode = async (
  platform: SendingPlatform,
  delivery: Delivery,
): Promise<TooSoon | TextsRefused | 'CAPTCHA_WRONG' | 'REFUSED' | undefined> => {
  const { tables, clock, random, commit } = platform;
  const { target, isCaller, body, deliver } = delivery;
  const now = clock.now();
  const previous = await getCode(tables.ephemeral, target);
  const permission = maySend(previous, isCaller, now);
  if (!permission.allowed) return tooSoon(permission.retryAt - now);
  const solved = !permission.captchaNeeded || (await spendCaptcha(tables.ephemeral, commit, body, now));
  if (!solved) return 'CAPTCHA_WRONG';
  const fresh = newCode(tables.ephemeral, { target, previous, now }, random);
  const refused = await storeCode(platform, delivery, fresh.write, now);
  if (refused) return refused;
  if (await deliver(fresh.code)) return undefined;
  await commit([forgetPause(tables.ephemeral, target)]);
  return 'REFUSED';
};

/** `t***@example.com`: for callers who know a username and need not learn the address. */
const maskEmail = (email: string): string => `${email.slice(0, 1)}***${email.slice(email.lastIndexOf('@'))}`;

const sendMail = async (
  platform: SendingPlatform,
  user: User,
  body: Body,
  context: SendingContext,
): Promise<Sent | NotSent> => {
  const isCaller = context.callerId === user.userId;
  const failure = await sendCode(platform, {
    target: mailTarget(user.userId),
    isCaller,
    body,
    deliver: async (code) => (await platform.mailer.send(verificationMail(user, code, context.locale))) === 'sent',
  });
  if (failure === 'REFUSED') return { ok: false, code: 'MAIL_NOT_SENT' };
  if (failure) return failure === 'CAPTCHA_WRONG' ? { ok: false, code: failure } : failure;
  const knowsEmail = isCaller || body.loginName.includes('@');
  return { ok: true, data: { email: knowsEmail ? user.email : maskEmail(user.email) } };
};

/** Text messages cost money, so they go to whom a session of the user sends them, and to nobody else. */
const sendText = async (
  platform: SendingPlatform,
  user: User,
  body: Body & { readonly mobilePhone: string },
  context: SendingContext,
): Promise<Sent | NotSent> => {
  const mobilePhone = parseMobile(body.mobilePhone);
  if (mobilePhone === undefined) return { ok: false, code: 'PHONE_INVALID' };
  if (context.callerId !== user.userId) return { ok: false, code: 'TOKEN_EXPIRED' };
  const failure = await sendCode(platform, {
    target: smsTarget(mobilePhone, user.userId),
    isCaller: true,
    body,
    textedFor: context.ip,
    deliver: (code) => platform.texter.send(mobilePhone, verificationText(code, context.locale)),
  });
  if (failure === 'REFUSED') return { ok: false, code: 'SMS_NOT_SENT' };
  if (failure) return failure === 'CAPTCHA_WRONG' ? { ok: false, code: failure } : failure;
  return { ok: true, data: { mobilePhone } };
};

/** Sends a verification code to a user by mail, or by text message where a number is given (API 3.4). */
export const sendVerificationCode = async (
  platform: SendingPlatform,
  body: Body,
  context: SendingContext,
): Promise<Sent | NotSent> => {
  const { tables, clock } = platform;
  const now = clock.now();
  const [userId] = await Promise.all([findUserId(tables.users, body.loginName, now), context.admitted]);
  const user = userId === undefined ? undefined : await getUser(tables.users, userId, now);
  if (!user) return { ok: false, code: 'USER_NOT_FOUND' };
  const { mobilePhone } = body;
  return mobilePhone
    ? sendText(platform, user, { ...body, mobilePhone }, context)
    : sendMail(platform, user, body, context);
};
