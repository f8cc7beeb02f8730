import { randomUUID } from 'node:crypto';
import { ACCOUNT } from '../template/physical-names.ts';
import type { LocalSchedule } from '../template/schedules.ts';

/** AWS sends whole seconds. */
const timeOf = (now: number): string => `${new Date(now).toISOString().slice(0, 19)}Z`;

/** What EventBridge sends to a target without input of its own; Scheduler's `detail` is text. */
const scheduledEvent = ({ source, region, arn }: LocalSchedule, now: number) => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'Scheduled Event',
  source,
  account: ACCOUNT,
  time: timeOf(now),
  region,
  resources: [arn],
  detail: source === 'aws.scheduler' ? '{}' : {},
});

/** Scheduler fills these in ("Adding context attributes", EventBridge Scheduler user guide). */
const withContext = (input: string, { arn }: LocalSchedule, now: number): string => {
  const attributes: Readonly<Record<string, string>> = {
    'schedule-arn': arn,
    'scheduled-time': timeOf(now),
    'execution-id': randomUUID(),
    'attempt-number': '1',
  };
  return input.replaceAll(/<aws\.scheduler\.([a-z-]+)>/g, (match, name: string) => attributes[name] ?? match);
};

/** The event of one run, as JSON. `now` is in epoch milliseconds. */
export const eventOf = (schedule: LocalSchedule, now: number): string => {
  const { input, source } = schedule;
  if (input === undefined) return JSON.stringify(scheduledEvent(schedule, now));
  return source === 'aws.scheduler' ? withContext(input, schedule, now) : input;
};
