import { hash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { dictionary } from '@zxcvbn-ts/language-common';

const TARGET = new URL('../shared/identity/common-password-digests.ts', import.meta.url);

/** How much of each digest is kept: with n listed, one that is not among them is taken for one with n / 2^48. */
const PREFIX_BYTES = 6;

/** The list, the commonest first. It is all in lower case. */
const COMMON = dictionary['passwords-common'];

/** The length that front-ends are told to ask for: what is shorter mostly never gets here. */
const ASKED_LENGTH = 8;

/** How many are taken from the top of the list, whatever their length. */
const OF_ANY_LENGTH = 3000;

/** How many of at least the asked length: 3,000 is what the standard asks for, the rest is what the size allows. */
const OF_ASKED_LENGTH = 5000;

/** How many of these are taken with a capital first letter too, since rules about capitals made people add just that. */
const CAPITALISED = 2000;

/** Names of this product, of the exchange its API follows, and of what it deals in (ASVS 6.1.2). */
export const CONTEXT_WORDS = ['bitgin', 'btse', 'exchange', 'bitcoin', 'ethereum', 'crypto', 'wallet', 'trading'];

/** What people put behind a word to make a password of it. */
const ENDINGS = '1 12 123 1234 12345 123456 12345678 ! 1! 123! @123 #123 88 168 520 666 888 2023 2024 2025 2026 2027';

/** The endings one by one, none the first. */
export const CONTEXT_SUFFIXES = ['', ...ENDINGS.split(' ')];

const capitalised = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

const contextPasswords = (): readonly string[] =>
  CONTEXT_WORDS.flatMap((word) => [word, capitalised(word), word.toUpperCase()]).flatMap((word) =>
    CONTEXT_SUFFIXES.map((suffix) => `${word}${suffix}`),
  );

/** Every password that is refused, each once. */
export const refusedPasswords = (): readonly string[] => {
  const long = COMMON.filter((password) => password.length >= ASKED_LENGTH).slice(0, OF_ASKED_LENGTH);
  const capitals = long.slice(0, CAPITALISED).map(capitalised);
  return [...new Set([...COMMON.slice(0, OF_ANY_LENGTH), ...long, ...capitals, ...contextPasswords()])];
};

/** The source of `shared/identity/common-password-digests.ts`. */
export const commonPasswordsSource = (): string => {
  const prefixes = refusedPasswords().map((password) => hash('sha256', password, 'buffer').subarray(0, PREFIX_BYTES));
  const sorted = Buffer.concat(prefixes.toSorted((one, other) => one.compare(other)));
  return [
    '// Written by `node infra/common-passwords.ts`, from the list of @zxcvbn-ts/language-common:',
    '// Copyright (c) 2012-2016 Dan Wheeler and Dropbox, Inc., Copyright (c) 2021 @zxcvbn-ts, MIT License.',
    '',
    '/** Bytes kept of each digest. */',
    `export const PREFIX_BYTES = ${PREFIX_BYTES};`,
    '',
    `/** The first bytes of the SHA-256 of ${prefixes.length} common passwords: sorted, without gaps, in base64. */`,
    'export const COMMON_PASSWORD_DIGESTS =',
    `  '${sorted.toString('base64')}';`,
    '',
  ].join('\n');
};

const main = (): void => {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  const source = commonPasswordsSource();
  if (!values.check) {
    writeFileSync(TARGET, source);
  } else if (readFileSync(TARGET, 'utf8') !== source) {
    process.stderr.write(
      'shared/identity/common-password-digests.ts is not what the list gives. Run "node infra/common-passwords.ts" and commit the file.\n',
    );
    process.exitCode = 1;
  }
};

if (import.meta.main) main();
