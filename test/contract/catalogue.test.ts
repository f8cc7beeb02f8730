import { describe, expect, it } from '@jest/globals';
import { CODES, type CodeDefinition } from '../../shared/contracts/codes/catalogue.ts';
import { LOCALES } from '../../shared/contracts/locale.ts';

const definitions: readonly (readonly [string, CodeDefinition])[] = Object.entries(CODES);

/** The table of chapter 1 of the API specification. 30001, 30007 and 30008 are no envelope codes: see the enums. */
const SPECIFIED: readonly (readonly [status: number, codes: readonly number[]])[] = [
  [200, [1]],
  [401, [10002]],
  [400, [-1, -2, -19, -20, 8, 10003, 10004, 10006, 10008, 10011, 10012, 10013, 10017, 10018, 10022, 10026, 10027]],
  [400, [10029, 10031, 10063, 10083, 10086, 5601, 5605, 5606, 5608]],
  [400, [3006, 3500, 3516, 3519, 3521, 40039, 40049, -2023, -4038, -4041]],
  [500, [-1009, -2024]],
  // From check/2FA, and from every other route.
  [400, [10070]],
  [403, [10070]],
];

const placeholders = (text: string): readonly string[] => (text.match(/\{\w+\}/g) ?? []).toSorted();

describe('the code catalogue', () => {
  it.each(SPECIFIED.flatMap(([status, codes]) => codes.map((code) => [code, status] as const)))(
    'has code %i with HTTP status %i',
    (code, status) => {
      expect(definitions.map(([, definition]) => [definition.code, definition.status])).toContainEqual([code, status]);
    },
  );

  it('has no number of its own but minus the HTTP status', () => {
    const specified = new Set(SPECIFIED.flatMap(([, codes]) => codes));
    const own = definitions.filter(([, { code }]) => !specified.has(code));
    expect(own.filter(([, { code, status }]) => code !== -status)).toEqual([]);
  });

  it('gives a number another HTTP status only where the specification does', () => {
    const statuses = Map.groupBy(definitions, ([, { code }]) => code);
    const several = [...statuses].filter(([, entries]) => new Set(entries.map(([, { status }]) => status)).size > 1);
    expect(several.map(([code]) => code)).toEqual([10070]);
  });

  it('has only HTTP statuses of the specification', () => {
    const allowed = new Set([200, 400, 401, 403, 404, 405, 408, 409, 413, 415, 429, 500, 503]);
    expect(definitions.filter(([, { status }]) => !allowed.has(status))).toEqual([]);
  });
});

describe.each(definitions)('the texts of %s', (_key, { text }) => {
  it.each(LOCALES)('exist in %s', (locale) => {
    expect(text[locale].trim()).not.toBe('');
    expect(text[locale]).toBe(text[locale].trim());
  });

  it('hold the same placeholders in every language', () => {
    for (const locale of LOCALES) expect(placeholders(text[locale])).toEqual(placeholders(text.en));
  });
});
