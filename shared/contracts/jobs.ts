import { JOB_VARIABLES, type VariableName, variablesOfUses } from './environment.ts';
import type { Uses } from './resources.ts';

/** A function that runs by the clock, declared like an endpoint. */
export interface JobSpec {
  /** `jobs.<name>`: also the function's file and name. */
  readonly id: `jobs.${string}`;
  readonly summary: string;
  /** How often, as EventBridge writes it. */
  readonly schedule: `rate(${string})`;
  readonly uses: Uses;
  readonly variables: readonly (typeof JOB_VARIABLES)[number][];
}

export const priceFeed = {
  id: 'jobs.price-feed',
  summary: 'Read prices from the source of the stage into the market table',
  schedule: 'rate(1 minute)',
  uses: { market: ['query', 'put'] },
  variables: ['PRICE_SOURCE'],
} as const satisfies JobSpec;

export const JOBS = [priceFeed] as const satisfies readonly JobSpec[];

/** The environment variables of a job's function. */
export const environmentOfJob = (job: JobSpec): readonly VariableName[] => [
  ...job.variables,
  ...variablesOfUses(job.uses),
];
