import { ImageStatus } from '../../contracts/enums.ts';
import type { TableWith } from '../../platform/platform.ts';
import { ABSENT, type Write } from '../../platform/writes.ts';
import { imageKey, type KycImage, kycImageItem, listImages } from '../image-item.ts';
import { type ImageType, type KycRecord, kycRecordItem, recordKey } from '../record.ts';

/** An image before anybody has looked at it. */
export type NewImage = Omit<KycImage, 'status' | 'reason'>;

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

/** The image that is known by that id, of whatever type. */
export const findImage = async (table: TableWith<'query'>, userId: string, id: string): Promise<KycImage | undefined> =>
  (await listImages(table, userId)).find((image) => image.id === id);

/** Describes a new image in place of the one that was seen; refused when another is there by now. */
export const putImage = (table: TableWith<'put'>, userId: string, image: NewImage, seen: KycImage | undefined): Write =>
  table.put(
    { ...imageKey(userId, image.type), ...image, status: ImageStatus.UPLOADED },
    seen ? { condition: 'objectKey = :seen', values: { ':seen': seen.objectKey } } : ABSENT,
  );

/** Describes that the record is still the one that was seen, or still not there. */
export const recordIsStill = (table: TableWith<'check'>, userId: string, seen: KycRecord | undefined): Write =>
  table.check(recordKey(userId), seen ? { condition: 'version = :seen', values: { ':seen': seen.version } } : ABSENT);
