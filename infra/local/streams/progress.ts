import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as z from 'zod';

/** How far an event source has come in one shard: to `after`, or nowhere yet when that is null. */
const position = z.object({ after: z.string().nullable() });

const file = z.record(z.string(), z.record(z.string(), position));

export type Position = Readonly<z.output<typeof position>>;

/** Where event sources are, kept over a restart. */
export interface Progress {
  readonly get: (reader: string, shard: string) => Position | undefined;
  readonly set: (reader: string, shard: string, position: Position) => void;
  /** Whether a reader has been anywhere. */
  readonly knows: (reader: string) => boolean;
}

/** Opens the progress kept in a file; written whole or not at all. */
export const openProgress = (path: string): Progress => {
  const readers = existsSync(path) ? file.parse(JSON.parse(readFileSync(path, 'utf8'))) : {};
  return {
    get: (reader, shard) => readers[reader]?.[shard],
    set: (reader, shard, at) => {
      readers[reader] = { ...readers[reader], [shard]: at };
      writeFileSync(`${path}.draft`, JSON.stringify(readers));
      renameSync(`${path}.draft`, path);
    },
    knows: (reader) => readers[reader] !== undefined,
  };
};
