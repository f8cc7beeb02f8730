import * as z from 'zod/mini';
import { BUCKETS } from '../contracts/resources.ts';
import type { BucketWith } from '../platform/platform.ts';
import type { Change } from '../platform/stream-handler.ts';
import { dayOf, isOfDay } from './audit-store.ts';

/** Whatever else a record holds is copied as it is, also what a later version may add. */
const appended = z.looseObject({ id: z.string().check(z.regex(/^[0-9a-f]{32}$/)), at: z.int() });

/** Where the copy of a record lies: the same place, however often it is put there. */
export const archiveKey = ({ id, at }: { readonly id: string; readonly at: number }): string =>
  `${BUCKETS.auditArchive.prefix}${dayOf(at).replaceAll('-', '/')}/${id}.json`;

/** Copies a record that was appended. Of the two items that each record is, one is copied. */
export const archiveRecord = async (
  bucket: BucketWith<'create'>,
  { key, item }: Pick<Change, 'key' | 'item'>,
): Promise<void> => {
  if (!isOfDay(key)) return;
  const { pk: _pk, sk: _sk, v: _shape, ...record } = appended.parse(item);
  await bucket.create(archiveKey(record), { body: JSON.stringify(record), contentType: 'application/json' });
};
