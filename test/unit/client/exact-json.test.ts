import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { parseExact } from '../../../shared/client/exact-json.ts';
import { parseNumbers } from '../../../shared/contracts/json-source.ts';

const NAMES = ['total', 'amount', 'a"b'];

/** JSON with those names among others, laid out in several ways. */
const texts = fc
  .tuple(
    fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.string({ unit: 'binary' }),
        fc.constantFrom(null, true, '"total":1', '\\"total\\": 2', '\\'),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.oneof(fc.constantFrom(...NAMES), fc.string()), tie('value'), { maxKeys: 5 }),
      ),
    })).value,
    fc.constantFrom(0, 1, 4),
  )
  .map(([value, indent]) => JSON.stringify(value, null, indent));

describe('exact numbers', () => {
  it('keep every digit as it is written', () => {
    const text = '{"total" : 0.10000000000000000000001, "n":1.10, "balance":[{"total":-12345678901234567890.5e-3}]}';
    expect(parseExact(text, ['total'])).toEqual({
      total: '0.10000000000000000000001',
      n: 1.1,
      balance: [{ total: '-12345678901234567890.5e-3' }],
    });
  });

  it('are read as a parser with access to the source reads them, in whatever JSON', () => {
    const exact = ['total', 'amount'];
    fc.assert(
      fc.property(texts, (text) => {
        const inArrays = (key: string): boolean => exact.includes(key);
        const expected = parseNumbers(text, (source, key, value) => (inArrays(key) ? source : value));
        expect(parseExact(text, exact)).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('change nothing else, and hide no syntax error', () => {
    expect(parseExact('{"a":"\\"total\\":1","total":null}', ['total'])).toEqual({ a: '"total":1', total: null });
    for (const text of ['{"total":1', '{"total":01}', '{"total":1.}', '{"total":--1}', '"total":1', '{"total":1"']) {
      expect(() => parseExact(text, ['total'])).toThrow(SyntaxError);
    }
  });

  it('take no longer than their length asks for', () => {
    const started = performance.now();
    expect(() => parseExact(`"${'a'.repeat(2_000_000)}`, ['total'])).toThrow(SyntaxError);
    expect(() => parseExact('"a\\'.repeat(500_000), ['total'])).toThrow(SyntaxError);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
