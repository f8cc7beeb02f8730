import { environmentOfJob, type JobSpec } from '../contracts/jobs.ts';
import { type Environment, readEnvironment } from './env.ts';
import { build, type LogContext, type Platform, PRODUCTION, type Resources } from './platform.ts';
import type { Services } from './services.ts';

/** What a job's function is built from. */
export interface JobFoundation<J extends JobSpec> {
  readonly platform: Platform<J['uses']>;
  readonly variables: Environment<J['variables'][number]>;
  readonly logContext: LogContext;
}

/**
 * Builds what a job's function needs from its environment.
 *
 * @throws MissingEnvironmentError when the deployment left out a variable.
 */
export const createJobFoundation = <J extends JobSpec>(
  job: J,
  services: Services,
  given: Partial<Resources> = {},
): JobFoundation<J> => {
  const resources = { ...PRODUCTION, ...given };
  const variables = readEnvironment(environmentOfJob(job), resources.environment);
  const uses: J['uses'] = job.uses;
  const { platform, logContext } = build({ id: job.id, uses, variables }, services, resources);
  return { platform, variables, logContext };
};
