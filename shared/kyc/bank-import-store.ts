import * as z from 'zod/mini';
import { type BankWithBranches, bankWithBranches } from '../contracts/bank-fields.ts';
import { HOUR } from '../platform/clock.ts';
import type { Commit } from '../platform/commit.ts';
import type { TableWith } from '../platform/platform.ts';
import { ABSENT, type Key, type Write } from '../platform/writes.ts';
import { BANK_PREFIX, CURRENT_IMPORT, type CurrentImport, importedBankKey, importPartition } from './bank-store.ts';

/*
 * An import is open from its first part until it counts or is cleared away; a mark, written before anything else of it
 * changes, keeps parts that come late out.
 */

const IMPORT_PREFIX = 'IMPORT#';

const importKey = (importId: string): Key => ({ pk: CURRENT_IMPORT.pk, sk: `${IMPORT_PREFIX}${importId}` });

const OPEN = 'attribute_not_exists(closed)';

/** Writes of one transaction; DynamoDB takes 100. */
const WRITES_AT_ONCE = 100;

const MOST_BANKS = 1000;
const MOST_IMPORTS = 100;

/** Stores banks of an import, each in place of what it held of that bank; refused when it is no longer open. */
export const storePart = (
  table: TableWith<'put' | 'update'>,
  importId: string,
  banks: readonly BankWithBranches[],
  now: number,
): readonly Write[] => [
  table.update(importKey(importId), {
    update: 'SET importId = :id, startedAt = if_not_exists(startedAt, :now)',
    condition: OPEN,
    values: { ':id': importId, ':now': now },
  }),
  ...banks.map((bank) => table.put({ ...importedBankKey(importId, bank.code), ...bank })),
];

/** The banks that an import holds, by code. */
export const readImport = async (table: TableWith<'query'>, importId: string): Promise<readonly BankWithBranches[]> => {
  const items = await table.query({
    partition: importPartition(importId),
    sortPrefix: BANK_PREFIX,
    limit: MOST_BANKS,
  });
  return items.map((item) => bankWithBranches.parse(item));
};

const closed = (table: TableWith<'update'>, importId: string): Write =>
  table.update(importKey(importId), {
    update: 'SET closed = :yes',
    condition: `attribute_exists(pk) AND ${OPEN}`,
    values: { ':yes': true },
  });

/** Makes an import the one that counts; refused when another does than was seen, or when it is no longer open. */
export const switchImport = (
  table: TableWith<'put' | 'update'>,
  next: CurrentImport,
  seen: CurrentImport | undefined,
): readonly Write[] => [
  closed(table, next.importId),
  table.put(
    { ...CURRENT_IMPORT, ...next },
    seen ? { condition: 'importId = :seen', values: { ':seen': seen.importId } } : ABSENT,
  ),
];

const inChunks = <T>(list: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(list.length / WRITES_AT_ONCE) }, (_, index) =>
    list.slice(index * WRITES_AT_ONCE, (index + 1) * WRITES_AT_ONCE),
  );

const registered = z.object({ importId: z.string(), startedAt: z.int(), closed: z.optional(z.boolean()) });

/** An import takes seconds; one that is still open after this was given up. */
const GIVEN_UP = HOUR;

/**
 * Deletes every import but those that are named and those that are still being sent. Done half, it is done to the end
 * the next time.
 */
export const clearImports = async (
  table: TableWith<'query' | 'update' | 'delete'>,
  commit: Commit,
  kept: readonly (string | undefined)[],
  now: number,
): Promise<void> => {
  const { pk: partition } = CURRENT_IMPORT;
  const items = await table.query({ partition, sortPrefix: IMPORT_PREFIX, limit: MOST_IMPORTS });
  for (const { importId, startedAt, closed: isClosed = false } of z.array(registered).parse(items)) {
    if (kept.includes(importId) || (!isClosed && startedAt > now - GIVEN_UP)) continue;
    // Refused where it is closed already, which is as good.
    await commit([closed(table, importId)]);
    const banks = await readImport(table, importId);
    const deletions = banks.map(({ code }) => table.delete(importedBankKey(importId, code)));
    for (const some of inChunks(deletions)) await commit(some);
    await commit([table.delete(importKey(importId))]);
  }
};
