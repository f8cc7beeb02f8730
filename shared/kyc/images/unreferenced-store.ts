import * as z from 'zod/mini';
import type { TableWith } from '../../platform/platform.ts';
import type { Key, Write } from '../../platform/writes.ts';

/*
 * Objects that no image refers to: one that is about to be stored, until its image is entered, and one whose image
 * another took the place of. Each is listed before it can come to be, so that whatever dies in between, the sweep finds
 * it and nothing is left in the bucket for good.
 */

const PARTITION = 'UNREFERENCED';

/** Digits of epoch milliseconds until the year 2286, so that sort keys are in the order of time. */
const TIME_DIGITS = 13;

const unreferencedItem = z.object({
  objectKey: z.string(),
  /** Epoch milliseconds. */
  since: z.int(),
});

export type Unreferenced = z.output<typeof unreferencedItem>;

const timeKey = (at: number): string => String(at).padStart(TIME_DIGITS, '0');

const keyOf = ({ objectKey, since }: Unreferenced): Key => ({ pk: PARTITION, sk: `${timeKey(since)}#${objectKey}` });

/** Describes that nothing refers to an object. */
export const putUnreferenced = (table: TableWith<'put'>, object: Unreferenced): Write =>
  table.put({ ...keyOf(object), ...object });

/** Describes that something refers to the object from now on; refused when the sweep has taken it. */
export const refer = (table: TableWith<'delete'>, object: Unreferenced): Write =>
  table.delete(keyOf(object), { condition: 'attribute_exists(pk)' });

/** Describes that the object is gone. */
export const forget = (table: TableWith<'delete'>, object: Unreferenced): Write => table.delete(keyOf(object));

/** Objects that nothing has referred to since before that time, the oldest first. */
export const listUnreferenced = async (
  table: TableWith<'query'>,
  before: number,
  { after, limit }: { readonly after: Unreferenced | undefined; readonly limit: number },
): Promise<readonly Unreferenced[]> => {
  // A plus sorts behind a key and before the next.
  const sortFrom = after ? `${keyOf(after).sk}+` : '0';
  const spec = { partition: PARTITION, sortPrefix: '', sortFrom, sortTo: timeKey(before), limit };
  return z.array(unreferencedItem).parse(await table.query(spec));
};
