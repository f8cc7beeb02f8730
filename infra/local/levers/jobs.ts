import type { Schedules } from '../schedules/schedules.ts';
import { type Lever, ok, refusal } from './lever.ts';

const known = (names: readonly string[]): string =>
  names.length === 0 ? 'The template schedules no function.' : `There are: ${[...new Set(names)].join(', ')}.`;

const parse = (payload: string): unknown => JSON.parse(payload);

/** Shows the scheduled functions, and runs one at once. */
export const jobLevers = ({ jobs, run }: Pick<Schedules, 'jobs' | 'run'>): readonly Lever[] => [
  { method: 'GET', path: /^\/jobs$/, answer: () => ok({ jobs: jobs() }) },
  {
    method: 'POST',
    path: /^\/jobs\/([^/]+)$/,
    answer: async ([name = '']) => {
      const invocation = await run(name);
      if (invocation === undefined)
        return refusal(404, `There is no job ${name}. ${known(jobs().map((job) => job.name))}`);
      if (invocation.kind === 'payload') return ok({ result: parse(invocation.payload) });
      return refusal(500, `The job ${name} failed: ${invocation.errorType}: ${invocation.message}`);
    },
  },
];
