import { Secret, TOTP } from 'otpauth';
import { SECOND } from '../../platform/clock.ts';
import type { Random } from '../../platform/random.ts';

/** RFC 6238 as every authenticator app has it; what an app ignores in the URI (Google's does) is this anyway. */
const RULE = { algorithm: 'SHA1', digits: 6, period: 30 } as const;

/** 160 bits: what RFC 4226 recommends for HMAC-SHA-1. */
const KEY_BYTES = 20;

/** Steps before and after the present one whose codes are taken, for clocks that are off. */
const DRIFT_STEPS = 1;

const ISSUER = 'BITGIN';

/** A fresh key in base32, 32 characters. */
export const newTotpKey = (random: Random): string =>
  new Secret({ buffer: Uint8Array.from(random.bytes(KEY_BYTES)).buffer }).base32;

const totp = (key: string, label = ''): TOTP =>
  new TOTP({ ...RULE, issuer: ISSUER, label, secret: Secret.fromBase32(key) });

/** The `otpauth://` URI that an authenticator app scans ("Key Uri Format" of google-authenticator's wiki). */
export const totpUri = (key: string, username: string): string => totp(key, username).toString();

/**
 * The step (30-second interval since 1970) that a code of six digits belongs to at `now` (epoch milliseconds), the
 * neighbours included; `undefined` for a wrong code. Compared in constant time.
 */
export const stepOf = (key: string, code: string, now: number): number | undefined => {
  const delta = totp(key).validate({ token: code, timestamp: now, window: DRIFT_STEPS });
  return delta === null ? undefined : Math.floor(now / (RULE.period * SECOND)) + delta;
};
