import * as z from 'zod/mini';
import { ImageStatus } from '../../contracts/enums.ts';
import { documentType } from '../../contracts/endpoints/kyc/image-data.ts';
import { imageStatus, kycImageType } from '../../contracts/states.ts';
import type { TableWith } from '../../platform/platform.ts';
import { ABSENT, type Key, type Write } from '../../platform/writes.ts';
import { type ImageType, type KycRecord, kycRecordItem, recordKey } from '../record.ts';

const kycImageItem = z.object({
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

/** An image before anybody has looked at it. */
export type NewImage = Omit<KycImage, 'status' | 'reason'>;

const imageKey = (userId: string, type: ImageType): Key => ({ pk: `USER#${userId}`, sk: `IMAGE#${type}` });

/** What an upload depends on. */
export interface Seen {
  readonly record: KycRecord | undefined;
  /** The image of that type that is there by now. */
  readonly image: KycImage | undefined;
}

/** The user's record and the image of one type, in one round trip. */
export const seeImage = async (table: TableWith<'batchGet'>, userId: string, type: ImageType): Promise<Seen> => {
  const [ofRecord, ofImage] = [recordKey(userId), imageKey(userId, type)];
  const items = await table.batchGet([ofRecord, ofImage]);
  const [record, image] = [ofRecord, ofImage].map((key) => items.find(({ sk }) => sk === key.sk));
  return { record: record && kycRecordItem.parse(record), image: image && kycImageItem.parse(image) };
};

const IMAGE_TYPES = 6;

/** The image that is known by that id, of whatever type. */
export const findImage = async (
  table: TableWith<'query'>,
  userId: string,
  id: string,
): Promise<KycImage | undefined> => {
  const items = await table.query({ partition: `USER#${userId}`, sortPrefix: 'IMAGE#', limit: IMAGE_TYPES });
  return z
    .array(kycImageItem)
    .parse(items)
    .find((image) => image.id === id);
};

/** Describes a new image in place of the one that was seen; refused when another is there by now. */
export const putImage = (table: TableWith<'put'>, userId: string, image: NewImage, seen: KycImage | undefined): Write =>
  table.put(
    { ...imageKey(userId, image.type), ...image, status: ImageStatus.UPLOADED },
    seen ? { condition: 'objectKey = :seen', values: { ':seen': seen.objectKey } } : ABSENT,
  );

/** Describes that the record is still the one that was seen, or still not there. */
export const recordIsStill = (table: TableWith<'check'>, userId: string, seen: KycRecord | undefined): Write =>
  table.check(recordKey(userId), seen ? { condition: 'version = :seen', values: { ':seen': seen.version } } : ABSENT);
