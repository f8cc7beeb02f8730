import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import * as z from 'zod/mini';
import { CommandError } from './errors.ts';

/** Problems that are told of one file; who has more has another file. */
const TOLD = 20;

/** A file that is not what it should be. Nothing of it was imported. */
export const refusal = (file: string, problems: readonly string[]): CommandError => {
  const more = problems.length > TOLD ? [`and ${problems.length - TOLD} more`] : [];
  const told = [...problems.slice(0, TOLD), ...more];
  return new CommandError([`${file} is refused, nothing was imported:`, ...told].join('\n  '));
};

/** UTF-8 with or without byte order mark, else Big5, as older files have it. */
const decode = (file: string, bytes: Uint8Array): string => {
  for (const encoding of ['utf-8', 'big5']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // Not in this encoding.
    }
  }
  throw refusal(file, ['it is neither UTF-8 nor Big5']);
};

/** A record with the line of the file that it ends on, the first being 1. */
export interface CsvLine {
  readonly line: number;
  readonly cells: readonly string[];
}

const records = z.array(z.object({ record: z.array(z.string()), info: z.looseObject({ lines: z.int() }) }));

const OPTIONS = { info: true, trim: true, relax_column_count: true, skip_records_with_empty_values: true } as const;

/**
 * Reads a CSV file, without its empty lines.
 *
 * @throws CommandError for one that is no text or no CSV.
 */
export const readCsv = (file: string, bytes: Uint8Array): readonly CsvLine[] => {
  const text = decode(file, bytes);
  try {
    const parsed: unknown = parse(text, OPTIONS);
    return records.parse(parsed).map(({ record, info }) => ({ line: info.lines, cells: record }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw refusal(file, [`it is no CSV: ${error.message}`]);
  }
};
