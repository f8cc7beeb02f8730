import { Secret, TOTP } from 'otpauth';

/** The step of TOTP in milliseconds. */
export const STEP = 30_000;

/** What an authenticator app shows for a key at a time: made by otpauth, apart from the code under test. */
export const codeAt = (key: string, timestamp: number): string =>
  new TOTP({ secret: Secret.fromBase32(key), digits: 6, period: 30, algorithm: 'SHA1' }).generate({ timestamp });

/** A code that is right at none of the steps around a time. */
export const wrongCodeAt = (key: string, timestamp: number): string => {
  const right = new Set([-2, -1, 0, 1, 2].map((steps) => codeAt(key, timestamp + steps * STEP)));
  return ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !right.has(code)) ?? '';
};
