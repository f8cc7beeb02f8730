import * as z from 'zod';
import { DAY, MINUTE, timeToLive } from '../platform/clock.ts';
import { equalInConstantTime, sha256 } from '../platform/digest.ts';
import type { TableWith } from '../platform/platform.ts';
import { type Random, randomDigits, randomId } from '../platform/random.ts';
import type { Item, Key, Write } from '../platform/writes.ts';

/** Rules of mailed codes (API 3.4). Times in milliseconds. */
export const MAIL_CODE = {
  digits: 6,
  lifetime: 5 * MINUTE,
  tries: 5,
  pause: MINUTE,
  /** Sends in a day before a captcha is asked of callers without a session. */
  freePerDay: 3,
  perDay: 20,
} as const;

/**
 * One item a user: the newest code, and when codes were sent. Spending the code removes its digest and
 * keeps the rest, so that limits outlive it.
 */
const mailCodeItem = z.object({
  digest: z.string().optional(),
  salt: z.string(),
  expiresAt: z.int(),
  /** The last send that counts for the pause; 0 when the provider refused it. */
  lastSentAt: z.int(),
  sentAt: z.array(z.int()),
});

export type MailCode = z.output<typeof mailCodeItem>;

const mailCodeKey = (userId: string): Key => ({ pk: `MAILCODE#${userId}`, sk: 'CODE' });

const digestOf = (code: string, salt: string): string => sha256(`${salt}:${code}`);

export const getMailCode = async (table: TableWith<'get'>, userId: string): Promise<MailCode | undefined> => {
  const item = await table.get(mailCodeKey(userId));
  return item && mailCodeItem.parse(item);
};

/** A fresh code, with what may be stored of it. */
export interface NewMailCode {
  readonly userId: string;
  readonly code: string;
  readonly write: Write;
}

/**
 * Makes a code that replaces `previous`. The write is refused when another code was sent meanwhile, so that
 * parallel requests send one mail.
 */
export const newMailCode = (
  table: TableWith<'put'>,
  { userId, previous, now }: { readonly userId: string; readonly previous: MailCode | undefined; readonly now: number },
  random: Random,
): NewMailCode => {
  const code = randomDigits(random, MAIL_CODE.digits);
  const salt = randomId(random);
  const sentAt = [...(previous?.sentAt ?? []).filter((at) => at > now - DAY), now];
  const item = {
    ...mailCodeKey(userId),
    digest: digestOf(code, salt),
    salt,
    tries: 0,
    expiresAt: now + MAIL_CODE.lifetime,
    lastSentAt: now,
    sentAt,
    ttl: timeToLive(now + DAY),
  };
  const unchanged = previous
    ? {
        condition: 'salt = :salt AND lastSentAt = :seen',
        values: { ':salt': previous.salt, ':seen': previous.lastSentAt },
      }
    : { condition: 'attribute_not_exists(pk)' };
  return { userId, code, write: table.put(item, unchanged) };
};

/** After the provider refused the mail: lets the user ask again at once. */
export const forgetPause = (table: TableWith<'update'>, userId: string): Write =>
  table.update(mailCodeKey(userId), {
    update: 'SET lastSentAt = :never',
    condition: 'attribute_exists(pk)',
    values: { ':never': 0 },
  });

/** Counts a try before the code is compared, so that parallel guesses cannot have more than the allowed tries. */
export const countTry = (table: TableWith<'update'>, userId: string, now: number): Write =>
  table.update(mailCodeKey(userId), {
    update: 'SET tries = tries + :one',
    condition: 'attribute_exists(digest) AND tries < :tries AND expiresAt > :now',
    values: { ':one': 1, ':tries': MAIL_CODE.tries, ':now': now },
  });

/** Whether the code is the stored one, by an item that `countTry` returned. */
export const isRightCode = (item: Item | undefined, code: string): boolean => {
  const stored = mailCodeItem.parse(item);
  return stored.digest !== undefined && equalInConstantTime(stored.digest, digestOf(code, stored.salt));
};

/** Spends the code; refused when it was spent or replaced since `item` was read. */
export const spendMailCode = (table: TableWith<'update'>, userId: string, item: Item | undefined): Write =>
  table.update(mailCodeKey(userId), {
    update: 'REMOVE digest',
    condition: 'digest = :digest',
    values: { ':digest': mailCodeItem.parse(item).digest },
  });

/** Why a code may not be sent now, or that it may. */
export type SendPermission =
  | { readonly allowed: true; readonly captchaNeeded: boolean }
  | { readonly allowed: false; readonly retryAt: number };

/** Pause between two sends, captcha from the fourth in a day, 20 in any 24 hours. */
export const maySend = (previous: MailCode | undefined, knownCaller: boolean, now: number): SendPermission => {
  const today = (previous?.sentAt ?? []).filter((at) => at > now - DAY);
  const pauseEnds = (previous?.lastSentAt ?? 0) + MAIL_CODE.pause;
  if (now < pauseEnds) return { allowed: false, retryAt: pauseEnds };
  const oldest = today[today.length - MAIL_CODE.perDay];
  if (oldest !== undefined) return { allowed: false, retryAt: oldest + DAY };
  return { allowed: true, captchaNeeded: !knownCaller && today.length >= MAIL_CODE.freePerDay };
};
