import { describe, expect, it } from '@jest/globals';
import { ageOf } from '../../../shared/kyc/birthday.ts';
import { seededRandomInt } from '../../support/seeded-random.ts';

/** Midnight in Taipei is 16:00 UTC of the day before. */
const taipei = (year: number, month: number, day: number, millisecond = 0): number =>
  Date.UTC(year, month - 1, day, -8) + millisecond;

describe('an age', () => {
  it('changes at midnight in Taipei', () => {
    const midnight = taipei(2026, 3, 15);
    expect(ageOf('2008/03/15', midnight - 1)).toBe(17);
    expect(ageOf('2008/03/15', midnight)).toBe(18);
  });

  it('of who was born on a leap day changes on 1 March, or on the day where there is one', () => {
    expect(ageOf('2008/02/29', taipei(2026, 3, 1, -1))).toBe(17);
    expect(ageOf('2008/02/29', taipei(2026, 3, 1))).toBe(18);
    expect(ageOf('2008/02/29', taipei(2028, 2, 29))).toBe(20);
  });

  it('is 0 on the day of birth, and none before', () => {
    expect(ageOf('2026/01/01', taipei(2026, 1, 1))).toBe(0);
    expect(ageOf('2026/01/02', taipei(2026, 1, 2, -1))).toBeUndefined();
  });

  it.each([
    '',
    '2000/02/30',
    '1900/02/29',
    '2001/02/29',
    '2000/13/01',
    '2000/00/10',
    '2000/04/31',
    '2000/01/00',
    '2000-01-01',
    '2000/1/1',
    '0000/01/01',
    '1800/01/01',
    '２０００/01/01',
    '2000/01/01 ',
    '2000/01/01\n',
    '12000/01/01',
  ])('is none for %j', (birthday) => {
    expect(ageOf(birthday, taipei(2026, 1, 1))).toBeUndefined();
  });

  it('is what counting birthdays gives', () => {
    const below = seededRandomInt(7);
    for (let draw = 0; draw < 2000; draw += 1) {
      const [year, month, day] = [1910 + below(110), 1 + below(12), 1 + below(28)];
      const birthday = `${year}/${String(month).padStart(2, '0')}/${String(day).padStart(2, '0')}`;
      const now = taipei(2026, 1 + below(12), 1 + below(28), below(86_400_000));
      let birthdays = 0;
      while (taipei(year + birthdays + 1, month, day) <= now) birthdays += 1;
      expect([birthday, ageOf(birthday, now)]).toEqual([birthday, birthdays]);
    }
  });
});
