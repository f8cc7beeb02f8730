import * as z from 'zod/mini';
import { kycImageType } from '../../contracts/states.ts';
import type { TableWith } from '../../platform/platform.ts';
import type { Write } from '../../platform/writes.ts';

const PREFIX = 'UPLOAD#';

/** One of each type, and one to see that there are no more. */
const UPLOADS_READ = 7;

/** An upload by a form that was handed out, not yet looked at. */
const uploadItem = z.object({
  type: kycImageType,
  /** What the image will be known by: `<userId>_<epochMillis>`. */
  id: z.string(),
  /** When the form was handed out, in epoch milliseconds: the second half of `id`. */
  startedAt: z.int(),
  objectKey: z.string(),
  /** In bytes. */
  size: z.int(),
  /** Until when it can be completed, in epoch milliseconds. */
  completeBy: z.int(),
});

export type Upload = z.output<typeof uploadItem>;

const keyOf = (userId: string, { type }: Pick<Upload, 'type'>) => ({ pk: `USER#${userId}`, sk: `${PREFIX}${type}` });

/** Describes an upload in place of an earlier one of its type, which cannot be completed any more. */
export const putUpload = (table: TableWith<'put'>, userId: string, upload: Upload): Write =>
  table.put({ ...keyOf(userId, upload), ...upload, ttl: Math.ceil(upload.completeBy / 1000) });

/** Finds an upload that can still be completed. */
export const findUpload = async (
  table: TableWith<'query'>,
  userId: string,
  id: string,
  now: number,
): Promise<Upload | undefined> => {
  const items = await table.query({ partition: `USER#${userId}`, sortPrefix: PREFIX, limit: UPLOADS_READ });
  return z
    .array(uploadItem)
    .parse(items)
    .find((upload) => upload.id === id && now < upload.completeBy);
};

/** Describes the end of an upload; refused when another has taken its place, or it has ended before. */
export const endUpload = (table: TableWith<'delete'>, userId: string, upload: Upload): Write =>
  table.delete(keyOf(userId, upload), { condition: 'id = :id', values: { ':id': upload.id } });
