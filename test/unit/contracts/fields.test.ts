import { describe, expect, it } from '@jest/globals';
import { hash } from 'node:crypto';
import { passwordDigest } from '../../../shared/contracts/fields.ts';

const digestOf = (password: string): string => hash('sha256', password, 'hex');

const DIGEST = digestOf('correct horse battery staple');

describe('a password', () => {
  it.each([
    ['of one character', 'a'],
    ['of digits only', '31415926'],
    ['with spaces at its ends', ' a b '],
    ['in another script', '密碼是九個字以上的句子'],
    ['with emoji', '🔑🐎🔋📎'],
    ['of 64 characters', 'x'.repeat(64)],
    ['of 10,000 characters', 'y'.repeat(10_000)],
  ])('%s is taken as its digest, which has no rule of length or composition', (_what, password) => {
    expect(passwordDigest.parse(digestOf(password))).toBe(digestOf(password));
  });

  it.each([
    ['typed', 'correct horse battery staple'],
    ['of 64 characters that are no digest', 'g'.repeat(64)],
    ['as a digest in capitals', DIGEST.toUpperCase()],
    ['as a digest and a space', `${DIGEST} `],
    ['as a digest cut short', DIGEST.slice(1)],
    ['as a longer digest', `${DIGEST}0`],
  ])('%s is refused, not put right', (_what, sent) => {
    expect(passwordDigest.safeParse(sent).success).toBe(false);
  });
});
