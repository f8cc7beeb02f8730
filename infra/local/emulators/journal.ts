import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type * as z from 'zod';

/** A list that only grows, and survives a restart. */
export interface Journal<T> {
  readonly append: (record: T) => void;
  /** Everything so far, oldest first. */
  readonly records: () => readonly T[];
}

/** A line that was being written when the machine stopped is no record. */
const parseLine = <T>(line: string, schema: z.ZodType<T>): readonly T[] => {
  try {
    const parsed = schema.safeParse(JSON.parse(line));
    return parsed.success ? [parsed.data] : [];
  } catch {
    return [];
  }
};

/** Opens a journal kept as JSON lines in a file; lines that are no record are passed over. */
export const openJournal = <T>(file: string, schema: z.ZodType<T>): Journal<T> => {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  const records = lines.flatMap((line) => parseLine(line, schema));
  const append = (record: T): void => {
    records.push(record);
    // The newline in front ends a line that an earlier crash may have left open.
    appendFileSync(file, `\n${JSON.stringify(record)}`);
  };
  return { append, records: () => records };
};
