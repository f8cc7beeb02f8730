import { describe, expect, it } from '@jest/globals';
import { hash, randomBytes } from 'node:crypto';
import { isCommonPassword, refuseCommonPassword } from '../../../shared/identity/common-passwords.ts';

const digestOf = (password: string): string => hash('sha256', password, 'hex');

describe('a password', () => {
  it.each(['123456', 'password', 'qwertyuiop', 'iloveyou', 'passw0rd', 'Password1', '1q2w3e4r'])(
    'such as %s is common',
    (password) => {
      expect(isCommonPassword(digestOf(password))).toBe(true);
    },
  );

  it.each(['bitgin', 'Bitgin123', 'BITGIN!', 'btse2026', 'Exchange1!', 'bitcoin888'])(
    'such as %s is a name of this product, and as easy to guess',
    (password) => {
      expect(isCommonPassword(digestOf(password))).toBe(true);
    },
  );

  it.each(['correct horse battery staple', 'PASSWORD1 ', '密碼🔑', 'bitgin and some more words', ''])(
    'such as "%s" is none of these',
    (password) => {
      expect(isCommonPassword(digestOf(password))).toBe(false);
    },
  );

  it('is not common by chance', () => {
    const digests = Array.from({ length: 10_000 }, () => randomBytes(32).toString('hex'));
    expect(digests.filter(isCommonPassword)).toEqual([]);
  });

  it('is not common because its digest lies before or after all of the list', () => {
    expect(['0', 'f'].map((digit) => isCommonPassword(digit.repeat(64)))).toEqual([false, false]);
  });

  it('is refused with the field it came in and the reason, or not at all', () => {
    expect(refuseCommonPassword('newPassword', digestOf('password'), 'en')).toEqual({
      ok: false,
      code: 'INVALID_PARAMETER',
      params: {
        field: 'newPassword',
        reason: 'this password is among the most common or easiest to guess; choose another',
      },
    });
    expect(refuseCommonPassword('newPassword', digestOf('correct horse battery staple'), 'en')).toBeUndefined();
  });
});
