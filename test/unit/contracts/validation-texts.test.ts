import { describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import { text } from '../../../shared/contracts/codes/text.ts';
import { fieldRules } from '../../../shared/contracts/field-rules.ts';
import { passwordDigest, username } from '../../../shared/contracts/fields.ts';
import { LOCALES, type Locale } from '../../../shared/contracts/locale.ts';
import { describeIssue } from '../../../shared/contracts/validation-texts.ts';

const { _default: withDefault } = z;

/** Describes the first issue of parsing `input`. */
const describeFirst = (schema: z.ZodMiniType, input: unknown, locale: Locale = 'en') => {
  const issue = schema.safeParse(input).error?.issues[0];
  if (!issue) throw new Error('the input was expected to be refused');
  return describeIssue(issue, schema, locale, input);
};

const reason = (schema: z.ZodMiniType, value: unknown, locale: Locale = 'en'): string =>
  describeFirst(z.object({ it: schema }), { it: value }, locale).reason;

describe('the field', () => {
  const nested = z.object({ fromWallet: z.array(z.object({ asset: z.string() })) });

  it('is a dotted path', () => {
    expect(describeFirst(nested, { fromWallet: [{ asset: 'BTC' }, { asset: 5 }] }).field).toBe('fromWallet.1.asset');
  });

  it('is the part of the request where the whole of it is refused', () => {
    expect(describeFirst(nested, []).field).toBe('body');
    const issue = nested.safeParse([]).error?.issues[0];
    expect(issue && describeIssue(issue, nested, 'en', [], 'query').field).toBe('query');
  });

  it('is cut where the caller chose a very long name', () => {
    const free = z.record(z.string(), z.number());
    expect(describeFirst(free, { ['x'.repeat(5000)]: 'y' }).field).toHaveLength(100);
  });
});

describe('the reason', () => {
  it.each([undefined, null])('is "required" for %s, also where the field has a rule or a fixed value', (value) => {
    expect(reason(z.string(), value)).toBe('it is required');
    expect(reason(username, value)).toBe('it is required');
    expect(reason(z.literal(['a', 'b']), value)).toBe('it is required');
    expect(reason(username, value, 'zh-TW')).toBe('必填');
  });

  it("is the field's own rule, in the caller's language", () => {
    expect(reason(username, 'x')).toBe('use 3 to 32 characters of A-Z a-z 0-9 _ . -');
    expect(reason(username, 'x', 'zh-TW')).toBe('須為 3 至 32 個英數字或 _ . -');
    expect(reason(username, 'x', 'zh-CN')).toBe('须为 3 至 32 个英数字或 _ . -');
  });

  it.each([
    ['optional', z.optional(username)],
    ['nullable', z.nullable(username)],
    ['with a default', withDefault(username, 'abc')],
    ['with a default before parsing', z.prefault(username, 'abc')],
    ['read-only', z.readonly(username)],
    [
      'transformed after',
      z.pipe(
        username,
        z.transform((name: string) => name.length),
      ),
    ],
    ['wrapped twice', z.optional(z.nullable(username))],
  ])('finds the rule of a field that is %s', (_how, schema) => {
    expect(reason(schema, 'x')).toMatch(/^use 3 to 32/);
  });

  it('finds the rule inside arrays, records and objects', () => {
    expect(reason(z.array(username), ['good', '!'])).toMatch(/^use 3 to 32/);
    expect(reason(z.record(z.string(), username), { a: '!' })).toMatch(/^use 3 to 32/);
    expect(reason(z.object({ deep: z.optional(username) }), { deep: '!' })).toMatch(/^use 3 to 32/);
  });

  it('prefers the rule of the outer schema', () => {
    const outer = z.optional(username).register(fieldRules, { rule: text('外', '外', 'outer') });
    expect(reason(outer, '!')).toBe('outer');
  });

  it.each<[z.ZodMiniType, unknown, string]>([
    [z.string(), 5, 'it must be a string'],
    [z.number(), 'x', 'it must be a number'],
    [z.int(), 1.5, 'it must be a whole number'],
    [z.boolean(), 'x', 'it must be true or false'],
    [z.array(z.string()), 'x', 'it must be an array'],
    [z.object({}), 'x', 'it must be an object'],
    [z.null(), 'x', 'it must be null'],
    [z.bigint(), 'x', 'it has the wrong form'],
    [z.string().check(z.minLength(1)), '', 'it must not be empty'],
    [z.string().check(z.minLength(3)), 'x', 'it must have at least 3 characters'],
    [z.string().check(z.maxLength(3)), 'xxxx', 'it may have at most 3 characters'],
    [z.string().check(z.length(3)), 'xxxx', 'it must have 3 characters'],
    [z.array(z.string()).check(z.minLength(1)), [], 'it must not be empty'],
    [z.array(z.string()).check(z.minLength(2)), ['x'], 'it must have at least 2 items'],
    [z.array(z.string()).check(z.maxLength(1)), ['x', 'y'], 'it may have at most 1 items'],
    [z.array(z.string()).check(z.length(1)), ['x', 'y'], 'it must have 1 items'],
    [z.number().check(z.minimum(1)), 0, 'it must be at least 1'],
    [z.number().check(z.gt(1)), 1, 'it must be more than 1'],
    [z.number().check(z.maximum(100)), 101, 'it must be at most 100'],
    [z.number().check(z.lt(100)), 100, 'it must be less than 100'],
    [z.number().check(z.multipleOf(5)), 7, 'it must be a multiple of 5'],
    [z.literal('ok'), 'x', 'it must be ok'],
    [z.literal([1, 2, 3]), 9, 'it must be one of 1, 2, 3'],
    [z.enum(['buy', 'sell']), 'x', 'it must be one of buy, sell'],
    [z.email(), 'x', 'it must be an e-mail address'],
    [z.iso.date(), 'x', 'it must be a date, yyyy-MM-dd'],
    [z.string().check(z.regex(/^a$/)), 'x', 'it has the wrong form'],
    [z.union([z.string(), z.number()]), true, 'it has the wrong form'],
    [z.strictObject({}), { a: 1 }, 'it has fields that are not defined'],
    [z.optional(z.record(z.enum(['a']), z.string())), { b: 'x' }, 'it is required'],
    [z.string().check(z.refine(() => false)), 'x', 'it has the wrong form'],
  ])('of case %#', (schema, value, expected) => {
    expect(reason(schema, value)).toBe(expected);
  });

  it.each(LOCALES)('never repeats the value (%s)', (locale) => {
    const secret = 'canary-7b1f';
    const schemas = [
      passwordDigest,
      z.number(),
      z.email(),
      z.literal('x'),
      z.string().check(z.maxLength(3)),
      z.strictObject({}),
      z.union([z.number(), z.boolean()]),
      z.string().check(z.refine(() => false, secret)),
    ];
    for (const schema of schemas) expect(reason(schema, secret, locale)).not.toContain('canary');
    expect(reason(z.strictObject({}), { [secret]: 1 }, locale)).not.toContain('canary');
  });
});
