import { describe, expect, it } from '@jest/globals';
import { staffAudit } from '../../../../shared/contracts/staff/audit.ts';
import { reason, spread } from '../../../../shared/contracts/staff/fields.ts';

describe('a spread', () => {
  it.each([
    ['0.1', '0.1'],
    [0.1, '0.1'],
    [0, '0'],
    ['99.999999', '99.999999'],
    ['0.100000000', '0.100000000'],
    [12, '12'],
  ])('takes %j', (given, taken) => {
    expect(spread.parse(given)).toBe(taken);
  });

  it.each(['', '-1', -0.1, '100', 100, '0.1234567', 0.1234567, '1e-3', 1e-7, '01', '.5', ' 1', NaN, null, true, [1]])(
    'refuses %j',
    (given) => {
      expect(spread.safeParse(given).success).toBe(false);
    },
  );
});

describe('a reason', () => {
  it.each(['x', 'x'.repeat(500), '  why  '])('takes %j', (given) => {
    expect(reason.parse(given)).toBe(given.trim());
  });

  it.each(['', '   ', 'x'.repeat(501), '\u{D800}', null, 7])('refuses %j', (given) => {
    expect(reason.safeParse(given).success).toBe(false);
  });
});

describe('a query of the audit', () => {
  const { query } = staffAudit;

  it('is about a day or a user', () => {
    expect(query.parse({ date: '2026-02-28' })).toEqual({ date: '2026-02-28', limit: 20 });
    expect(query.parse({ username: 'someone', limit: '100' })).toEqual({ username: 'someone', limit: 100 });
  });

  it.each([
    {},
    { date: '2026-02-28', username: 'someone' },
    { date: '2026-02-30' },
    { date: '20260228' },
    { username: ' ' },
    { username: 'x', limit: '0' },
    { username: 'x', limit: '101' },
    { username: 'x', before: 'yesterday' },
  ])('is not %j', (given) => {
    expect(query.safeParse(given).success).toBe(false);
  });
});
