import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  dayOf,
  hourFrom,
  hourOf,
  hourOfMonth,
  hoursOfDays,
  monthOf,
  timesOf,
} from '../../../../shared/ledger/history/hours.ts';
import { DAY } from '../../../../shared/platform/clock.ts';

const LAST_OF_2026 = Date.UTC(2026, 11, 31, 15, 59, 59, 999);

describe('hours of Taipei', () => {
  it('end a year eight hours before UTC does', () => {
    const [last, next] = [hourOf(LAST_OF_2026), hourOf(LAST_OF_2026 + 1)];
    expect([monthOf(last), dayOf(last), hourOfMonth(last)]).toEqual(['202612', '20261231', '3123']);
    expect([monthOf(next), dayOf(next), hourOfMonth(next)]).toEqual(['202701', '20270101', '0100']);
  });

  it('are found again by month and hour', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2059, 0, 1) }), (at) => {
        const hour = hourOf(at);
        expect(hourFrom(monthOf(hour), hourOfMonth(hour))).toBe(hour);
      }),
    );
  });

  it('of days hold both days whole', () => {
    const { from, to } = timesOf(hoursOfDays('2026-12-31', '2026-12-31'));
    expect([from, to]).toEqual([LAST_OF_2026 + 1 - DAY, LAST_OF_2026]);
    const all = timesOf(hoursOfDays());
    expect(all.from).toBeLessThanOrEqual(Date.UTC(2025, 0, 1));
    expect(all.to).toBeGreaterThan(Date.UTC(2059, 0, 1));
  });
});
