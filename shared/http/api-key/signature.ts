import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import { MINUTE } from '../../platform/clock.ts';

/** How far a nonce may be from the server's clock, either way; that far still passes (API chapter 2). */
export const NONCE_WINDOW = MINUTE / 2;

/** What a signature is over, in this order and with nothing in between. */
export interface Signed {
  /**
   * As the client sent it: percent-encoded or not, with a slash at its end or not, with the prefix `/bitgin` where that
   * was sent. Without scheme, host, stage and query.
   */
  readonly path: string;
  /** Epoch milliseconds, in the digits that were sent. */
  readonly nonce: string;
  /** The bytes that were sent; none for none. */
  readonly body: string | Uint8Array;
}

const HASH = 'sha384';

/** Signs a request: lower-case hex of HMAC-SHA384(secret, path + nonce + body). */
export const sign = (secret: KeyObject, { path, nonce, body }: Signed): string => {
  const hmac = createHmac(HASH, secret);
  // Each update is a call out of JavaScript, so text goes in at once.
  if (typeof body === 'string') hmac.update(path + nonce + body);
  else hmac.update(path + nonce).update(body);
  return hmac.digest('hex');
};

/**
 * Whether a signature is right; takes the same time wherever it is wrong.
 *
 * @param signature lower-case hex digits; any other number of them than a signature has is told at once.
 */
export const isRight = (signature: string, secret: KeyObject, signed: Signed): boolean => {
  // Compared as text: a digest as bytes is a buffer of its own, which costs more than both texts' bytes from the pool.
  const right = Buffer.from(sign(secret, signed));
  const given = Buffer.from(signature);
  return given.length === right.length && timingSafeEqual(given, right);
};

/** Whether a nonce is near enough to the server's clock. Both in epoch milliseconds. */
export const isTimely = (nonce: number, now: number): boolean => Math.abs(nonce - now) <= NONCE_WINDOW;
