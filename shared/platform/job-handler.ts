import type { Context } from 'aws-lambda';
import type { ScheduledJob } from '../contracts/jobs.ts';
import type { Measured } from '../contracts/metrics.ts';
import type { Environment } from './env.ts';
import { describeError } from './logger.ts';
import { createJobFoundation, type JobFoundation } from './job-foundation.ts';
import type { Core, Platform } from './platform.ts';
import type { Services } from './services.ts';

/** What a job reports of a run: counts, for its log line and for who started it by hand. */
export type JobReport = Readonly<Record<string, number>>;

/** Binds a job to what it does. Called once a container; what it returns is called for every run. */
export type BindJob<J extends ScheduledJob> = (
  platform: Platform<J['uses']>,
  variables: Environment<J['variables'][number]>,
) => () => Promise<JobReport>;

/** Of the counts of a report those that the job declares as metrics, by the metrics' names. */
const measuredOf = (report: JobReport, metrics: NonNullable<ScheduledJob['metrics']>): Measured =>
  Object.fromEntries(
    Object.entries(metrics).flatMap(([name, metric]) => {
      const value = report[name];
      return value === undefined ? [] : [[metric, value]];
    }),
  );

/** Runs a job with one log line; a failure is logged and thrown, so that the run counts as failed. */
export const runJob = async (
  { clock, log }: Pick<Core, 'clock' | 'log'>,
  run: () => Promise<JobReport>,
  { metrics }: Pick<ScheduledJob, 'metrics'> = {},
): Promise<JobReport> => {
  const startedAt = clock.now();
  try {
    const report = await run();
    log('JOB', { durationMs: clock.now() - startedAt, report }, metrics && measuredOf(report, metrics));
    return report;
  } catch (error) {
    log('JOB_FAILED', { durationMs: clock.now() - startedAt, ...describeError(error) });
    throw error;
  }
};

/** The Lambda handler of a job: built at the first run, so that importing its module does nothing. */
export const jobHandler = <const J extends ScheduledJob>(
  job: J,
  bind: BindJob<NoInfer<J>>,
  services: Services = {},
) => {
  let built: { readonly foundation: JobFoundation<J>; readonly run: () => Promise<JobReport> } | undefined;
  return async (_event: unknown, context: Pick<Context, 'awsRequestId'>): Promise<JobReport> => {
    if (!built) {
      const foundation = createJobFoundation(job, services);
      built = { foundation, run: bind(foundation.platform, foundation.variables) };
    }
    built.foundation.logContext.requestId = context.awsRequestId;
    return runJob(built.foundation.platform, built.run, job);
  };
};
