import { describe, expect, it } from '@jest/globals';
import { parseIdentityNumber } from '../../../shared/kyc/identity-number.ts';
import { seededRandomInt } from '../../support/seeded-random.ts';

/** Values of the letters as the Ministry's table lists them, letter by letter. */
const LETTER_VALUES: Readonly<Record<string, number>> = {
  A: 10,
  B: 11,
  C: 12,
  D: 13,
  E: 14,
  F: 15,
  G: 16,
  H: 17,
  I: 34,
  J: 18,
  K: 19,
  L: 20,
  M: 21,
  N: 22,
  O: 35,
  P: 23,
  Q: 24,
  R: 25,
  S: 26,
  T: 27,
  U: 28,
  V: 29,
  W: 32,
  X: 30,
  Y: 31,
  Z: 33,
};

const LETTERS = Object.keys(LETTER_VALUES);
const SECONDS = ['1', '2', '8', '9', 'A', 'B', 'C', 'D'];

/** The weight of each place behind the first letter, the check digit's included. */
const WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 1, 1];

const valueOf = (character: string): number => LETTER_VALUES[character] ?? Number(character);

/** The published rule written the other way round: both digits of the letter, then ten minus what is left of the sum. */
const checkDigit = (first: string, second: string, serial: string): number => {
  const letter = valueOf(first);
  const digits = [valueOf(second) % 10, ...Array.from(serial, Number)];
  const sum = digits.reduce((total, digit, index) => total + digit * (8 - index), Math.floor(letter / 10));
  return (10 - ((sum + (letter % 10) * 9) % 10)) % 10;
};

const drawn = (count: number): readonly string[] => {
  const below = seededRandomInt(20_210_102);
  return Array.from({ length: count }, () => {
    const [first = 'A', second = '1'] = [LETTERS[below(LETTERS.length)], SECONDS[below(SECONDS.length)]];
    const serial = String(below(10_000_000)).padStart(7, '0');
    return `${first}${second}${serial}${checkDigit(first, second, serial)}`;
  });
};

describe('an identity number', () => {
  it.each([
    ['a national one', 'A123456789'],
    ['a national one of a woman', 'F229999995'],
    ['a resident certificate’s', 'A800000014'],
    ['an old resident certificate’s', 'AC01234567'],
    ['another old one', 'AA00000009'],
  ])('is taken: %s', (_what, number) => {
    expect(parseIdentityNumber(number)).toBe(number);
  });

  it('is taken in lower case and with spaces around, in one form', () => {
    expect(parseIdentityNumber(' a123456789 ')).toBe('A123456789');
  });

  it.each([
    ['nothing', ''],
    ['a wrong check digit', 'A123456788'],
    ['nine characters', 'A12345678'],
    ['eleven characters', 'A1234567890'],
    ['no letter', '1123456789'],
    ['a second digit that no format has', 'A323456789'],
    ['a second letter that no format has', 'AE01234567'],
    ['full-width characters', 'Ａ１２３４５６７８９'],
    ['digits of another script', 'A12345678٩'],
    ['a line break inside', 'A1234\n56789'],
  ])('is not taken: %s', (_what, text) => {
    expect(parseIdentityNumber(text)).toBeUndefined();
  });

  it('is taken whenever its check digit is right, and with no other check digit', () => {
    for (const number of drawn(2000)) {
      const taken = Array.from('0123456789').filter((digit) => parseIdentityNumber(`${number.slice(0, 9)}${digit}`));
      expect(taken).toEqual([number.charAt(9)]);
    }
  });

  it('is refused after any change of one digit, but where the weight hides it', () => {
    for (const number of drawn(300)) {
      for (const [index, weight] of WEIGHTS.entries()) {
        const place = index + 1;
        const old = number.charAt(place);
        if (!/\d/.test(old)) continue;
        const others = (place === 1 ? ['1', '2', '8', '9'] : Array.from('0123456789')).filter((digit) => digit !== old);
        for (const digit of others) {
          const changed = `${number.slice(0, place)}${digit}${number.slice(place + 1)}`;
          const hidden = ((Number(digit) - Number(old)) * weight) % 10 === 0;
          expect([changed, parseIdentityNumber(changed) !== undefined]).toEqual([changed, hidden]);
        }
      }
    }
  });
});
