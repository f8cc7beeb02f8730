import { HOUR } from '../platform/clock.ts';

const FORMAT = /^(\d{4})\/(\d{2})\/(\d{2})$/;

/** Taipei decides which day it is: UTC+8 all the year since 1980. A person comes of age at midnight there. */
const TAIPEI = 8 * HOUR;

/** Nobody is known to have become older; a year before that is a slip of the pen. */
const OLDEST = 125;

/** A day as one number that sorts, such as 20261231. */
const numbered = (year: number, month: number, day: number): number => year * 10_000 + month * 100 + day;

const BIRTHDAYS_APART = 10_000;

/** Whether the calendar has that day. A date in UTC has no hour that a zone leaves out. */
const exists = (year: number, month: number, day: number): boolean => {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

const todayInTaipei = (now: number): number => {
  const date = new Date(now + TAIPEI);
  return numbered(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
};

/**
 * Whole years of a person born on that day, `YYYY/MM/DD`, in Taipei at `now` (epoch milliseconds). Who was born on
 * 29 February is a year older on 1 March of a year without that day.
 *
 * @returns `undefined` for what is no day of the calendar, is still to come, or lies more than 125 years back.
 */
export const ageOf = (birthday: string, now: number): number | undefined => {
  const [, year = 0, month = 0, day = 0] = (FORMAT.exec(birthday) ?? []).map(Number);
  if (!exists(year, month, day)) return undefined;
  const age = Math.floor((todayInTaipei(now) - numbered(year, month, day)) / BIRTHDAYS_APART);
  return age >= 0 && age <= OLDEST ? age : undefined;
};
