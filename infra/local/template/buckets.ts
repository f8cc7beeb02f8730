import type { Stack } from './assembly.ts';
import { resourcesOf } from './resources.ts';

/** The names of the buckets of all stacks. */
export const bucketsOf = (stacks: readonly Stack[]): readonly string[] =>
  resourcesOf(stacks, ['AWS::S3::Bucket']).map(({ name }) => name);
