import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createTimer } from '../../../../../infra/local/schedules/expression.ts';
import type { LocalSchedule } from '../../../../../infra/local/template/schedules.ts';

const NOON = Date.parse('2026-01-01T12:00:30.700Z');

const scheduleOf = (expression: string, timezone = 'UTC'): LocalSchedule => ({
  source: 'aws.events',
  arn: 'arn:aws:events:x:0:rule/example',
  region: 'x',
  expression,
  timezone,
  functionName: 'f',
  input: undefined,
});

const nextAfterNoon = (expression: string, timezone?: string): readonly string[] =>
  createTimer(scheduleOf(expression, timezone), NOON)
    .nextRuns(2)
    .map((date) => date.toISOString().slice(0, 16));

describe('the time of a schedule', () => {
  beforeAll(() => {
    jest.useFakeTimers({ now: NOON });
  });
  afterAll(() => {
    jest.useRealTimers();
  });

  it.each([
    ['rate(1 minute)', ['2026-01-01T12:01', '2026-01-01T12:02']],
    ['rate(5 minutes)', ['2026-01-01T12:05', '2026-01-01T12:10']],
    ['rate(12 hours)', ['2026-01-02T00:00', '2026-01-02T12:00']],
    ['rate(2 days)', ['2026-01-03T12:00', '2026-01-05T12:00']],
    // The examples of the EventBridge user guide, whose days of the week count from Sunday = 1.
    ['cron(15 10 * * ? *)', ['2026-01-02T10:15', '2026-01-03T10:15']],
    ['cron(0 18 ? * MON-FRI *)', ['2026-01-01T18:00', '2026-01-02T18:00']],
    ['cron(0 8 1 * ? *)', ['2026-02-01T08:00', '2026-03-01T08:00']],
    ['cron(1/15 * * * ? *)', ['2026-01-01T12:01', '2026-01-01T12:16']],
    ['cron(30 0 ? * 1 *)', ['2026-01-04T00:30', '2026-01-11T00:30']],
    ['cron(0 9 ? * 2#1 *)', ['2026-01-05T09:00', '2026-02-02T09:00']],
    ['cron(0 0 ? * 6L *)', ['2026-01-30T00:00', '2026-02-27T00:00']],
    ['cron(0 0 L * ? *)', ['2026-01-31T00:00', '2026-02-28T00:00']],
    ['cron(0 0 3W * ? *)', ['2026-01-02T00:00', '2026-02-03T00:00']],
    ['cron(0 10 1 1 ? 2030-2032)', ['2030-01-01T10:00', '2031-01-01T10:00']],
    ['at(2026-03-01T10:00:00)', ['2026-03-01T10:00']],
    ['at(2020-03-01T10:00:00)', []],
  ])('%s', (expression, times) => {
    expect(nextAfterNoon(expression)).toStrictEqual(times);
  });

  it('goes by the time zone of the schedule', () => {
    expect(nextAfterNoon('cron(0 10 * * ? *)', 'Asia/Taipei')).toStrictEqual(['2026-01-02T02:00', '2026-01-03T02:00']);
  });

  it.each(['rate(0 minutes)', 'rate(1 second)', 'cron(0 10 * * ?)', 'cron(61 10 * * ? *)', 'hourly'])(
    'refuses %s by name',
    (expression) => {
      expect(() => createTimer(scheduleOf(expression), NOON)).toThrow(`rule/example: "${expression}" is no rate()`);
    },
  );
});
