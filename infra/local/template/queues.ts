import type { Stack } from './assembly.ts';
import { resourcesOf } from './resources.ts';

/** The names of the queues of all stacks. */
export const queuesOf = (stacks: readonly Stack[]): readonly string[] =>
  resourcesOf(stacks, ['AWS::SQS::Queue']).map(({ name }) => name);
