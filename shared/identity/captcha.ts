import { CAPTCHA_ALPHABET, CAPTCHA_LENGTH } from '../contracts/captcha.ts';
import type { captchaImage } from '../contracts/endpoints/auth/captcha-image.ts';
import type { Platform } from '../platform/platform.ts';
import { drawCaptcha } from './captcha-picture.ts';
import { newCaptchaId, storeCaptcha } from './captcha-store.ts';

interface Issued {
  readonly ok: true;
  readonly data: { readonly img: string; readonly captchaId: string };
}

/**
 * Makes a captcha: a fresh answer, stored for five minutes, and a base64 JPEG of it.
 *
 * @param admitted rejects when the source address has asked too often.
 */
export const issueCaptcha = async (
  { tables, clock, random, commit }: Platform<(typeof captchaImage)['uses']>,
  admitted: Promise<void>,
): Promise<Issued> => {
  const letters = Array.from({ length: CAPTCHA_LENGTH }, () =>
    CAPTCHA_ALPHABET.charAt(random.int(CAPTCHA_ALPHABET.length)),
  );
  const answer = letters.join('');
  const captchaId = newCaptchaId(random);
  await Promise.all([storeCaptcha(tables.ephemeral, commit, { captchaId, answer }, clock.now()), admitted]);
  const picture = drawCaptcha({ answer, randomInt: random.int });
  return { ok: true, data: { img: Buffer.from(picture).toString('base64'), captchaId } };
};
