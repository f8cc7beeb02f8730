import { Cron, type CronOptions } from 'croner';
import type { LocalSchedule } from '../template/schedules.ts';

const UNIT_SECONDS = { minute: 60, hour: 3_600, day: 86_400 } as const;

const isUnit = (unit: string | undefined): unit is keyof typeof UNIT_SECONDS =>
  unit !== undefined && Object.hasOwn(UNIT_SECONDS, unit);

/** AWS's dialect: the year is a field, days of the week count from Sunday = 1, and `5/15` means from 5 on. */
const DIALECT = { mode: '7-part', alternativeWeekdays: true, sloppyRanges: true } as const satisfies CronOptions;

const EVERY_SECOND = '* * * * * *';

interface Timer {
  readonly pattern: string;
  readonly options: CronOptions;
}

/** Of AWS's six fields, at second 0. `?` stands for no condition; to croner it would be the present. */
const cronTimer = (fields: string): Timer | undefined =>
  fields.trim().split(/\s+/).length === 6
    ? { pattern: `0 ${fields.trim().replaceAll('?', '*')}`, options: { ...DIALECT, domAndDow: true } }
    : undefined;

/** The first run is one period away, as after a deployment; croner rounds a start within a second up to a first run. */
const rateTimer = (count: number, unit: string | undefined, now: number): Timer | undefined => {
  if (count < 1 || !isUnit(unit)) return undefined;
  const startAt = new Date(Math.floor(now / 1000) * 1000);
  return { pattern: EVERY_SECOND, options: { interval: count * UNIT_SECONDS[unit], startAt } };
};

const timerOf = (expression: string, now: number): Timer | undefined => {
  const [, kind, body = ''] = /^(rate|cron|at)\((.+)\)$/.exec(expression.trim()) ?? [];
  if (kind === 'cron') return cronTimer(body);
  if (kind === 'at') return { pattern: body, options: {} };
  const [, count, unit] = /^(\d+) (minute|hour|day)s?$/.exec(body) ?? [];
  return rateTimer(Number(count), unit, now);
};

/**
 * A timer for a schedule that does not run yet: give `schedule` a function to start it.
 *
 * @param now when its first period begins, in epoch milliseconds.
 * @throws when the expression is none of AWS's, naming it.
 */
export const createTimer = ({ expression, timezone, arn }: LocalSchedule, now: number): Cron => {
  const refuse = (why: string): never => {
    throw new Error(`Schedule ${arn}: "${expression}" is no rate(), cron() or at() that the local stack knows. ${why}`);
  };
  const { pattern, options } = timerOf(expression, now) ?? refuse('See the EventBridge user guide, schedule types.');
  try {
    return new Cron(pattern, { ...options, timezone, unref: true });
  } catch (error) {
    return refuse(String(error));
  }
};
