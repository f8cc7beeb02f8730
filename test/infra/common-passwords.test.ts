import { describe, expect, it } from '@jest/globals';
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dictionary } from '@zxcvbn-ts/language-common';
import {
  CONTEXT_SUFFIXES,
  CONTEXT_WORDS,
  commonPasswordsSource,
  refusedPasswords,
} from '../../infra/common-passwords.ts';
import { COMMON_PASSWORD_DIGESTS } from '../../shared/identity/common-password-digests.ts';
import { isCommonPassword } from '../../shared/identity/common-passwords.ts';

const TARGET = join(import.meta.dirname, '../../shared/identity/common-password-digests.ts');

const ofTheList = dictionary['passwords-common'];

const taken = (passwords: readonly string[]): readonly string[] =>
  passwords.filter((password) => !isCommonPassword(hash('sha256', password, 'hex')));

describe('the digests of common passwords', () => {
  it('are those of the list: else run "node infra/common-passwords.ts"', () => {
    expect(readFileSync(TARGET, 'utf8')).toBe(commonPasswordsSource());
  });

  it('hold the 3,000 commonest of any length, and the 3,000 commonest of eight characters and more', () => {
    const long = ofTheList.filter((password) => password.length >= 8);
    expect([ofTheList.length >= 3000, long.length >= 3000]).toEqual([true, true]);
    expect(taken([...ofTheList.slice(0, 3000), ...long.slice(0, 3000)])).toEqual([]);
  });

  it('hold every word that is easy to guess here, bare and with each ending, in three spellings', () => {
    const words = CONTEXT_WORDS.flatMap((word) => [
      word,
      word.toUpperCase(),
      word.replace(/^./, (first) => first.toUpperCase()),
    ]);
    expect(taken([...words, ...words.flatMap((word) => CONTEXT_SUFFIXES.map((suffix) => word + suffix))])).toEqual([]);
  });

  it('are found one and all, and add at most 80 KB to a bundle', () => {
    expect(taken(refusedPasswords())).toEqual([]);
    expect(COMMON_PASSWORD_DIGESTS.length).toBeLessThanOrEqual(80_000);
  });
});
