import type { LocalClock } from '../clock.ts';
import type { LocalSchedule } from '../template/schedules.ts';
import { eventInvocation } from '../workers/event-invocation.ts';
import type { Functions } from '../workers/functions.ts';
import type { Invocation, LogLine } from '../workers/lambda-worker.ts';
import { eventOf } from './event.ts';
import { createTimer } from './expression.ts';

export interface SchedulesOptions {
  readonly schedules: readonly LocalSchedule[];
  readonly functions: Pick<Functions, 'invoke'>;
  /** The time that events carry. When they come goes by real time. */
  readonly clock: LocalClock;
  readonly log: LogLine;
}

/** A scheduled function, as people name it. */
export interface Job {
  readonly name: string;
  readonly expression: string;
  /** ISO 8601; null when it never runs again. */
  readonly nextRun: string | null;
}

/** The schedules of the template, running. */
export interface Schedules {
  readonly jobs: () => readonly Job[];
  /** Runs a job now, as its first schedule would; undefined when there is none of that name. */
  readonly run: (name: string) => Promise<Invocation> | undefined;
  readonly stop: () => void;
}

/** A function's name without what every name of the stage begins with. */
export const jobName = (functionName: string): string => functionName.replace(/^bitgin-[^-]+-/, '');

/** Starts the schedules by this machine's real time. A run that fails is logged and not repeated before its next time. */
export const startSchedules = ({ schedules, functions, clock, log }: SchedulesOptions): Schedules => {
  const run = (schedule: LocalSchedule): Promise<Invocation> => {
    const now = clock.now();
    return functions.invoke(schedule.functionName, eventInvocation(eventOf(schedule, now), now));
  };
  const timers = schedules.map((schedule) => {
    const cron = createTimer(schedule, Date.now());
    const onError = (error: unknown): void => log(`${schedule.functionName}: ${String(error)}`);
    cron.schedule(() => void run(schedule).catch(onError));
    return { schedule, name: jobName(schedule.functionName), cron };
  });
  return {
    jobs: () =>
      timers.map(({ schedule, name, cron }) => ({
        name,
        expression: schedule.expression,
        nextRun: cron.nextRun()?.toISOString() ?? null,
      })),
    run: (name) => {
      const timer = timers.find((one) => one.name === name);
      return timer && run(timer.schedule);
    },
    stop: () => {
      for (const { cron } of timers) cron.stop();
    },
  };
};
