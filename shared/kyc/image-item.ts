import * as z from 'zod/mini';
import { documentType } from '../contracts/endpoints/kyc/image-data.ts';
import { imageStatus, kycImageType } from '../contracts/states.ts';
import type { TableWith } from '../platform/platform.ts';
import type { Key } from '../platform/writes.ts';
import type { ImageType } from './record.ts';

const PREFIX = 'IMAGE#';

/** An image as it is kept: one item for each type, beside the user's record. */
export const kycImageItem = z.object({
  type: kycImageType,
  /** `<userId>_<epochMillis>`: another for every upload. */
  id: z.string(),
  objectKey: z.string(),
  contentType: documentType,
  filename: z.string(),
  /** Of what was uploaded, in bytes. */
  size: z.int(),
  status: imageStatus,
  /** Epoch milliseconds. */
  uploadedAt: z.int(),
  /** Why staff rejected it. */
  reason: z.optional(z.string()),
});

export type KycImage = z.output<typeof kycImageItem>;

export const imageKey = (userId: string, type: ImageType): Key => ({ pk: `USER#${userId}`, sk: `${PREFIX}${type}` });

/** An image of each type, and one to see that there are no more. */
const IMAGES_READ = 7;

/** The images of a user, in the order of their types. */
export const listImages = async (table: TableWith<'query'>, userId: string): Promise<readonly KycImage[]> => {
  const items = await table.query({ partition: `USER#${userId}`, sortPrefix: PREFIX, limit: IMAGES_READ });
  return z.array(kycImageItem).parse(items);
};
