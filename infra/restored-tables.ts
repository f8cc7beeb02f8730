import type { TableName } from '../shared/contracts/resources.ts';

/** A table that was restored to a new name, in the region of its stage, under the stage's key. */
interface RestoredTable {
  readonly name: string;
  /** Of a table whose changes start jobs: a stream has the time when it was made in its ARN, and no other way to be found. */
  readonly streamArn?: string;
}

/** Restored tables by what they are in place of. */
export type RestoredTables = { readonly [T in TableName]?: RestoredTable };
