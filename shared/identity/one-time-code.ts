import * as z from 'zod/mini';
import { DAY, MINUTE, timeToLive } from '../platform/clock.ts';
import { equalInConstantTime, sha256 } from '../platform/digest.ts';
import type { TableWith } from '../platform/platform.ts';
import { type Random, randomDigits, randomId } from '../platform/random.ts';
import type { Item, Key, Write } from '../platform/writes.ts';

/** Rules of mailed and texted codes (API 3.4). Times in milliseconds. */
export const CODE_RULES = {
  digits: 6,
  lifetime: 5 * MINUTE,
  tries: 5,
  pause: MINUTE,
  /** Sends in a day before a captcha is asked of callers without a session. */
  freePerDay: 3,
  perDay: 20,
} as const;

/** What a code is sent to. A code is good for its owner only, and for what it was sent to. */
export interface CodeTarget {
  readonly channel: 'MAIL' | 'SMS';
  /** Names the target among those of its channel; no plain address or number. */
  readonly id: string;
  readonly userId: string;
}

/** The e-mail address of a user: each has one. */
export const mailTarget = (userId: string): CodeTarget => ({ channel: 'MAIL', id: userId, userId });

/** A mobile number in E.164, whose owner it is to become. Limits hold for the number, whoever asks. */
export const smsTarget = (phone: string, userId: string): CodeTarget => ({ channel: 'SMS', id: sha256(phone), userId });

/**
 * One item a target: the newest code, and when codes were sent. Spending the code removes its digest and
 * keeps the rest, so that limits outlive it.
 */
const codeItem = z.object({
  digest: z.optional(z.string()),
  salt: z.string(),
  expiresAt: z.int(),
  /** The last send that counts for the pause; 0 when the provider refused it. */
  lastSentAt: z.int(),
  sentAt: z.array(z.int()),
});

export type StoredCode = z.output<typeof codeItem>;

/** Where the newest code of a target lies. */
export const codeKey = ({ channel, id }: CodeTarget): Key => ({ pk: `CODE#${channel}#${id}`, sk: 'CODE' });

const digestOf = (code: string, salt: string, userId: string): string => sha256(`${salt}:${userId}:${code}`);

export const getCode = async (table: TableWith<'get'>, target: CodeTarget): Promise<StoredCode | undefined> => {
  const item = await table.get(codeKey(target));
  return item && codeItem.parse(item);
};

/** A fresh code, with what may be stored of it. */
export interface NewCode {
  readonly code: string;
  readonly write: Write;
}

/**
 * Makes a code that replaces `previous`. The write is refused when another code was sent meanwhile, so that
 * parallel requests send one mail.
 */
export const newCode = (
  table: TableWith<'put'>,
  {
    target,
    previous,
    now,
  }: { readonly target: CodeTarget; readonly previous: StoredCode | undefined; readonly now: number },
  random: Random,
): NewCode => {
  const code = randomDigits(random, CODE_RULES.digits);
  const salt = randomId(random);
  const sentAt = [...(previous?.sentAt ?? []).filter((at) => at > now - DAY), now];
  const item = {
    ...codeKey(target),
    digest: digestOf(code, salt, target.userId),
    salt,
    tries: 0,
    expiresAt: now + CODE_RULES.lifetime,
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
  return { code, write: table.put(item, unchanged) };
};

/** After the provider refused to send: lets the user ask again at once. */
export const forgetPause = (table: TableWith<'update'>, target: CodeTarget): Write =>
  table.update(codeKey(target), {
    update: 'SET lastSentAt = :never',
    condition: 'attribute_exists(pk)',
    values: { ':never': 0 },
  });

/** Counts a try before the code is compared, so that parallel guesses cannot have more than the allowed tries. */
export const countTry = (table: TableWith<'update'>, target: CodeTarget, now: number): Write =>
  table.update(codeKey(target), {
    update: 'SET tries = tries + :one',
    condition: 'attribute_exists(digest) AND tries < :tries AND expiresAt > :now',
    values: { ':one': 1, ':tries': CODE_RULES.tries, ':now': now },
  });

/** Whether the code is the stored one, by an item that `countTry` returned. */
export const isRightCode = (item: Item | undefined, { userId }: CodeTarget, code: string): boolean => {
  const stored = codeItem.parse(item);
  return stored.digest !== undefined && equalInConstantTime(stored.digest, digestOf(code, stored.salt, userId));
};

/** Spends the code; refused when it was spent or replaced since `item` was read. */
export const spendCode = (table: TableWith<'update'>, target: CodeTarget, item: Item | undefined): Write =>
  table.update(codeKey(target), {
    update: 'REMOVE digest',
    condition: 'digest = :digest',
    values: { ':digest': codeItem.parse(item).digest },
  });

/** Why a code may not be sent now, or that it may. */
export type SendPermission =
  | { readonly allowed: true; readonly captchaNeeded: boolean }
  | { readonly allowed: false; readonly retryAt: number };

/** Pause between two sends, captcha from the fourth in a day, 20 in any 24 hours. */
export const maySend = (previous: StoredCode | undefined, knownCaller: boolean, now: number): SendPermission => {
  const today = (previous?.sentAt ?? []).filter((at) => at > now - DAY);
  const pauseEnds = (previous?.lastSentAt ?? 0) + CODE_RULES.pause;
  if (now < pauseEnds) return { allowed: false, retryAt: pauseEnds };
  const oldest = today[today.length - CODE_RULES.perDay];
  if (oldest !== undefined) return { allowed: false, retryAt: oldest + DAY };
  return { allowed: true, captchaNeeded: !knownCaller && today.length >= CODE_RULES.freePerDay };
};
