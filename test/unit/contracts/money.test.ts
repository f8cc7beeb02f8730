import { describe, expect, it } from '@jest/globals';
import {
  assert as assertProperty,
  constantFrom,
  integer,
  nat,
  property,
  string as anyString,
  stringMatching,
} from 'fast-check';
import * as z from 'zod/mini';
import { moneyField, moneyFieldsOf, plainDecimal } from '../../../shared/contracts/money.ts';
import { jsonSchemaOf } from '../../../shared/contracts/openapi/schemas.ts';
import { describeIssue } from '../../../shared/contracts/validation-texts.ts';
import { LOCALES } from '../../../shared/contracts/locale.ts';

const NINES = '9'.repeat(38);

describe('plainDecimal', () => {
  it.each([
    ['0.1', '0.1'],
    ['1e-7', '0.0000001'],
    ['12345678901234567890.123456789', '12345678901234567890.123456789'],
    ['1.50', '1.5'],
    ['1E2', '100'],
    ['1.5e+3', '1500'],
    ['15e-1', '1.5'],
    ['100', '100'],
    ['100.00', '100'],
    ['0.0010e3', '1'],
    ['10e-2', '0.1'],
    ['0.1e1', '1'],
    [NINES, NINES],
    [`0.${NINES}`, `0.${NINES}`],
    ['1e37', `1${'0'.repeat(37)}`],
    ['1e-38', `0.${'0'.repeat(37)}1`],
    [`1.${'0'.repeat(100)}`, '1'],
    ['1e0000000000000000000000000002', '100'],
  ])('reads %s as %s', (written, plain) => {
    expect(plainDecimal(written)).toBe(plain);
  });

  const REFUSED = [
    ['0', '-0', '0.00', '0e999999999', '-1', '-1e-9'],
    ['1,5', '０.５', '1.5.0', '1e', 'e1', '.5', '5.', '+1', '01', '0x10', '1_000', '1n', ' 1', '1 ', '1\n', '', '-'],
    ['Infinity', '-Infinity', 'NaN', 'null', '١', '1e1.5', '1e--1'],
    [`${NINES}0`, `${NINES}9`, `1.${NINES}`, '1e38', '1e-39', '1e999999999', '1e-999999999', `1e${'9'.repeat(60)}`],
    ['9'.repeat(129), `1.${'0'.repeat(1_000_000)}`, '1'.repeat(1_000_000)],
  ];

  it.each(REFUSED.flat().map((written) => [written.slice(0, 50), written]))('refuses %j', (_, written) => {
    expect(plainDecimal(written)).toBeUndefined();
  });

  it('reads whatever way a number is written in as one', () => {
    const digits = (length: number) => stringMatching(new RegExp(`^\\d{0,${length}}$`));
    const nonZero = integer({ min: 1, max: 9 });
    const few = nat(11);
    assertProperty(
      property(nonZero, digits(18), digits(17), nonZero, few, (first, middle, decimals, last, shift) => {
        const [whole, fraction, zeros] = [`${first}${middle}`, `${decimals}${last}`, '0'.repeat(shift)];
        const spellings = [
          `${whole}.${fraction}`,
          `${whole}.${fraction}${zeros}`,
          `${whole}${fraction}e-${fraction.length}`,
          `${whole}${fraction}${zeros}E-${fraction.length + shift}`,
          `0.${zeros}${whole}${fraction}e+${whole.length + shift}`,
        ];
        expect(spellings.map(plainDecimal)).toEqual(spellings.map(() => `${whole}.${fraction}`));
      }),
      { numRuns: 1_000 },
    );
  });

  it('reads of any text what Number does, or nothing', () => {
    const character = constantFrom(...'0123456789.eE+- '.split(''));
    assertProperty(
      property(anyString({ unit: character, maxLength: 12 }), (written) => {
        const plain = plainDecimal(written);
        if (plain === undefined) return;
        expect(Number(plain)).toBe(Number(written));
        expect(plain).toMatch(/^(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/);
        expect(plainDecimal(plain)).toBe(plain);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('moneyField', () => {
  const body = z.object({
    amount: moneyField,
    toAmount: z.optional(moneyField),
    twoFAcode: z.int(),
    fromWallet: z.array(z.object({ wallet: z.string(), amount: z.nullable(moneyField) })),
    nested: z.optional(z.union([z.string(), z.object({ limit: z.prefault(moneyField, '1') })])),
  });

  it('takes strings, and numbers that no double can have changed', () => {
    expect(moneyField.parse('1.50')).toBe('1.5');
    expect(moneyField.parse(100)).toBe('100');
    for (const value of [0.1, 1.5, 2 ** 53, 1e21, 0, -0, -1, Infinity, NaN, null, true, ['1'], { rawJSON: '1' }]) {
      expect(moneyField.safeParse(value).success).toBe(false);
    }
  });

  it('is found wherever it stands in a body', () => {
    expect(moneyFieldsOf(body)).toEqual(['amount', 'toAmount', 'limit']);
    expect(moneyFieldsOf(z.object({ name: z.string() }))).toEqual([]);
  });

  it.each(LOCALES)('says in %s what it wants, and of which field', (locale) => {
    const input = { amount: '1', twoFAcode: 1, fromWallet: [{ wallet: 'SPOT@', amount: '1,5' }] };
    const [issue] = body.safeParse(input).error?.issues ?? [];
    expect(issue && describeIssue(issue, body, locale, input)).toEqual({
      field: 'fromWallet.0.amount',
      reason: expect.stringMatching(/12\.5/),
    });
  });

  it('is a number or a string in the description', () => {
    expect(jsonSchemaOf(moneyField, 'input')).toMatchObject({
      anyOf: [{ type: 'number', exclusiveMinimum: 0 }, { type: 'string' }],
    });
  });
});
