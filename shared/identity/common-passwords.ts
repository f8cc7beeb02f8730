import { text } from '../contracts/codes/text.ts';
import type { Locale } from '../contracts/locale.ts';
import { COMMON_PASSWORD_DIGESTS, PREFIX_BYTES } from './common-password-digests.ts';

const REASON = text(
  '此密碼過於常見，容易被猜到，請改用其他密碼',
  '此密码过于常见，容易被猜到，请改用其他密码',
  'this password is among the most common or easiest to guess; choose another',
);

let decoded: Buffer | undefined;

/** Decoded on first use, as most cold starts never come to ask. */
const prefixes = (): Buffer => (decoded ??= Buffer.from(COMMON_PASSWORD_DIGESTS, 'base64'));

/**
 * Whether a password is among the commonest or is a name of this product (ASVS 6.1.2, 6.2.4), told by its digest. Of n
 * listed digests only the first six bytes are kept, so any other password is taken for one with a chance of n / 2^48:
 * for ten thousand, one in 28 billion.
 *
 * @param digest - SHA-256 of what the person typed, in hex.
 */
export const isCommonPassword = (digest: string): boolean => {
  const list = prefixes();
  const wanted = Buffer.from(digest, 'hex').readUIntBE(0, PREFIX_BYTES);
  let from = 0;
  let to = list.length / PREFIX_BYTES;
  while (from < to) {
    const middle = (from + to) >>> 1;
    const found = list.readUIntBE(middle * PREFIX_BYTES, PREFIX_BYTES);
    if (found === wanted) return true;
    if (found < wanted) from = middle + 1;
    else to = middle;
  }
  return false;
};

/** What an endpoint answers to a common password. */
export interface CommonPasswordRefusal {
  readonly ok: false;
  readonly code: 'INVALID_PARAMETER';
  readonly params: { readonly field: string; readonly reason: string };
}

/**
 * The refusal of a new password that is common, in the caller's language; `undefined` for any other. To be asked before
 * anything is counted or spent: it says nothing about the user.
 *
 * @param field - names the password in the request.
 */
export const refuseCommonPassword = (
  field: string,
  digest: string,
  locale: Locale,
): CommonPasswordRefusal | undefined =>
  isCommonPassword(digest)
    ? { ok: false, code: 'INVALID_PARAMETER', params: { field, reason: REASON[locale] } }
    : undefined;
