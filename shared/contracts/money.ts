import * as z from 'zod/mini';
import { text } from './codes/text.ts';
import { fieldRules } from './field-rules.ts';
import { namesOf } from './named-fields.ts';

/** A number as JSON writes it, its parts apart. */
const NUMBER = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** Longest literal that is looked at; canonical amounts have at most 77 characters. */
const LONGEST = 128;

/** Significant digits that a table can keep: none before the decimal point may be beyond them, none after it either. */
const DIGITS = 38;

/** The digits of a positive number before and after its decimal point, without zeros that say nothing. */
interface Decimal {
  readonly whole: string;
  readonly fraction: string;
}

const shifted = (digits: string, point: number): Decimal => ({
  whole: digits.slice(0, Math.max(point, 0)).padEnd(point, '0') || '0',
  fraction: '0'.repeat(Math.max(-point, 0)) + digits.slice(Math.max(point, 0)),
});

/**
 * Reads a number exactly as it is written, exponent included, into plain digits: `1.50` and `15e-1` are both `1.5`.
 *
 * @returns `undefined` for what is no number above zero, or has more than 38 digits.
 */
export const plainDecimal = (written: string): string | undefined => {
  const parts = written.length <= LONGEST ? NUMBER.exec(written) : null;
  if (!parts) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts;
  const zeros = /^0*/.exec(whole + fraction)?.[0].length ?? 0;
  const digits = (whole + fraction).slice(zeros).replace(/0+$/, '');
  // Where the point stands in `digits`; checked before anything as long as the exponent says is made.
  const point = whole.length - zeros + Number(exponent);
  if (sign || digits === '' || digits.length > DIGITS) return undefined;
  if (point > DIGITS || digits.length - point > DIGITS) return undefined;
  const plain = shifted(digits, point);
  return plain.fraction ? `${plain.whole}.${plain.fraction}` : plain.whole;
};

const isExact = (value: number): boolean => Number.isSafeInteger(value);

const isDecimal = (value: string): boolean => plainDecimal(value) !== undefined;

/**
 * An amount of money, above zero, as a plain decimal without trailing zeros. Bodies may carry it as string or number; a
 * number arrives here as the text that was sent (see `moneyFieldsOf`), so one that has become a double is taken only where
 * that cannot have changed it. How many decimals an asset has is for the use case to check.
 */
export const moneyField = z
  .pipe(
    z.union([
      z.number().check(z.positive(), z.refine(isExact)),
      z.string().check(z.maxLength(LONGEST), z.regex(NUMBER), z.refine(isDecimal)),
    ]),
    z.transform((value: number | string) => plainDecimal(String(value)) ?? ''),
  )
  .register(fieldRules, {
    rule: text(
      '須為大於零的十進位數字，例如 12.5，至多 38 位',
      '须为大于零的十进制数字，例如 12.5，至多 38 位',
      'send a decimal number above zero such as 12.5, of at most 38 digits',
    ),
  });

/** The names of the fields that hold money, anywhere in a body: their number literals are to be kept as written. */
export const moneyFieldsOf = (body: z.core.$ZodType): readonly string[] => [...new Set(namesOf(moneyField, body, ''))];
