import { describe, expect, it } from '@jest/globals';
import { textLimits } from '../../../shared/contracts/settings/text-limits.ts';
import { textsRefused } from '../../../shared/identity/text-quota.ts';
import { taipeiDayAt } from '../../../shared/platform/clock.ts';

const LIMITS = { perNumber: 2, perAddress: 3, inTotal: 4 };

describe('the day of Taipei', () => {
  it.each([
    ['2026-03-31T15:59:59.999Z', '2026-03-31', '2026-03-31T16:00:00.000Z'],
    ['2026-03-31T16:00:00.000Z', '2026-04-01', '2026-04-01T16:00:00.000Z'],
    ['2024-02-28T20:00:00.000Z', '2024-02-29', '2024-02-29T16:00:00.000Z'],
    ['2026-12-31T16:00:00.000Z', '2027-01-01', '2027-01-01T16:00:00.000Z'],
  ])('at %s is %s, until %s', (at, day, end) => {
    expect(taipeiDayAt(Date.parse(at))).toEqual({ day, endsAt: Date.parse(end) });
  });
});

describe('a text that is refused', () => {
  const now = Date.parse('2026-03-31T15:59:58.500Z');
  const refusedBy = (...bounds: readonly string[]) => textsRefused(new Set(bounds), LIMITS, now);

  it('is told the bound that it can do most about, and when the next day begins', () => {
    const wait = { ok: false, retryAfter: 2 };
    const params = { seconds: '2' };
    expect(refusedBy('inTotal')).toEqual({ ...wait, code: 'TEXTS_EXHAUSTED', params });
    expect(refusedBy('inTotal', 'perAddress')).toEqual({
      ...wait,
      code: 'TEXTS_FROM_ADDRESS',
      params: { ...params, most: '3' },
    });
    expect(refusedBy('inTotal', 'perAddress', 'perNumber')).toEqual({
      ...wait,
      code: 'TEXTS_TO_NUMBER',
      params: { ...params, most: '2' },
    });
    expect(refusedBy()).toBeUndefined();
  });
});

describe('the limits of a stage', () => {
  const { schema } = textLimits;

  it('are read whole', () => {
    expect(schema.parse(JSON.stringify(LIMITS))).toEqual(LIMITS);
  });

  it.each(['', 'none', '{}', '{"perNumber":1,"perAddress":1}', JSON.stringify({ ...LIMITS, inTotal: 0 })])(
    'are not %p',
    (given) => {
      expect(schema.safeParse(given).success).toBe(false);
    },
  );
});
