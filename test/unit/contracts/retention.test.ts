import { describe, expect, it } from '@jest/globals';
import { keepUntil, RETENTION, RETENTION_CATEGORIES } from '../../../shared/contracts/retention.ts';

describe('retention', () => {
  it.each([
    ['2026-11-23T09:05:00.123Z', '2031-11-23T09:05:00.123Z'],
    ['2028-02-29T00:00:00.000Z', '2033-03-01T00:00:00.000Z'],
    ['2026-12-31T23:59:59.999Z', '2031-12-31T23:59:59.999Z'],
  ])('of an account closed at %s lasts until %s', (closed, until) => {
    expect(new Date(keepUntil(Date.parse(closed))).toISOString()).toBe(until);
  });

  it('says of each kind of data where it lies and on what ground, by an article of law where it is kept', () => {
    expect(RETENTION_CATEGORIES.length).toBeGreaterThan(10);
    for (const category of RETENTION_CATEGORIES) {
      const { where, ground, erased } = RETENTION[category];
      expect(where).not.toBe('');
      expect(ground).toMatch(erased === 'kept' || erased === 'when-due' ? /\bart\. \d+/ : /\w/);
    }
  });
});
