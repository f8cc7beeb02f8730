import * as z from 'zod/mini';
import { MINUTE, timeToLive } from '../platform/clock.ts';
import type { Commit } from '../platform/commit.ts';
import { equalInConstantTime } from '../platform/digest.ts';
import type { TableWith } from '../platform/platform.ts';
import type { Random } from '../platform/random.ts';
import { ABSENT, type Key } from '../platform/writes.ts';

const CAPTCHA_LIFETIME = 5 * MINUTE;

const captchaItem = z.object({ answer: z.string(), expiresAt: z.int() });

const captchaKey = (captchaId: string): Key => ({ pk: `CAPTCHA#${captchaId}`, sk: 'CAPTCHA' });

/** A captcha as the caller answered it; either part may be missing. */
export interface CaptchaAnswer {
  readonly captchaId?: string | undefined;
  readonly captchaNumber?: string | undefined;
}

/** A 63-bit id as decimal string: fits the signed 64-bit integer that clients of the reference keep it in. */
export const newCaptchaId = (random: Random): string =>
  (Buffer.from(random.bytes(8)).readBigUInt64BE() >> 1n).toString();

export const storeCaptcha = async (
  table: TableWith<'put'>,
  commit: Commit,
  captcha: { readonly captchaId: string; readonly answer: string },
  now: number,
): Promise<void> => {
  const expiresAt = now + CAPTCHA_LIFETIME;
  const { captchaId, answer } = captcha;
  await commit([table.put({ ...captchaKey(captchaId), answer, expiresAt, ttl: timeToLive(expiresAt) }, ABSENT)]);
};

/**
 * Whether the answer is right. Asking spends the captcha, whatever the outcome: the deletion that returns it
 * can succeed for one request only.
 */
export const spendCaptcha = async (
  table: TableWith<'delete'>,
  commit: Commit,
  { captchaId, captchaNumber }: CaptchaAnswer,
  now: number,
): Promise<boolean> => {
  if (!captchaId || !captchaNumber) return false;
  const result = await commit([table.delete(captchaKey(captchaId), { condition: 'attribute_exists(pk)' })]);
  if (!result.committed) return false;
  const { answer, expiresAt } = captchaItem.parse(result.item);
  return now < expiresAt && equalInConstantTime(answer.toUpperCase(), captchaNumber.trim().toUpperCase());
};
