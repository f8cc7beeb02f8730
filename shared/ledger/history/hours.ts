import { HOUR } from '../../platform/clock.ts';

/**
 * Hours since 1970. The history counts by hours and the API asks for days of Asia/Taipei, which begin with an hour since
 * that zone is whole hours from UTC all the year.
 */
export type Hour = number;

/** Hours from `first` to `last`, both included. */
export interface HourRange {
  readonly first: Hour;
  readonly last: Hour;
}

const TAIPEI_OFFSET_HOURS = 8;

/** @param at epoch milliseconds. */
export const hourOf = (at: number): Hour => Math.floor(at / HOUR);

/** Year, month, day and hour in Taipei, as digits. */
const partsOf = (hour: Hour): readonly [year: string, month: string, day: string, hourOfDay: string] => {
  const text = new Date((hour + TAIPEI_OFFSET_HOURS) * HOUR).toISOString();
  return [text.slice(0, 4), text.slice(5, 7), text.slice(8, 10), text.slice(11, 13)];
};

/** The month in Taipei as `yyyymm`. */
export const monthOf = (hour: Hour): string => {
  const [year, month] = partsOf(hour);
  return `${year}${month}`;
};

/** The day in Taipei as `yyyymmdd`. */
export const dayOf = (hour: Hour): string => partsOf(hour).slice(0, 3).join('');

/** The hour within its month as `ddHH`. */
export const hourOfMonth = (hour: Hour): string => partsOf(hour).slice(2).join('');

/** The hour in Taipei as `yyyymmddHH`. */
export const hourText = (hour: Hour): string => partsOf(hour).join('');

/** The hour that `yyyymm` and `ddHH` name. */
export const hourFrom = (month: string, ofMonth: string): Hour => {
  const year = Number(month.slice(0, 4));
  const utc = Date.UTC(year, Number(month.slice(4)) - 1, Number(ofMonth.slice(0, 2)), Number(ofMonth.slice(2)));
  return utc / HOUR - TAIPEI_OFFSET_HOURS;
};

const firstHourOf = (day: string): Hour => Date.parse(`${day}T00:00:00Z`) / HOUR - TAIPEI_OFFSET_HOURS;

const LAST_HOUR_OF_DAY = 23;

/** All hours of the days from `startDate` to `endDate`, written as `yyyy-mm-dd`; a missing one sets no bound. */
export const hoursOfDays = (startDate = '2025-01-01', endDate = '2099-12-31'): HourRange => ({
  first: firstHourOf(startDate),
  last: firstHourOf(endDate) + LAST_HOUR_OF_DAY,
});

/** The first and last millisecond. */
export const timesOf = ({ first, last }: HourRange): { readonly from: number; readonly to: number } => ({
  from: first * HOUR,
  to: (last + 1) * HOUR - 1,
});
