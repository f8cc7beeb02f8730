import * as z from 'zod/mini';
import { imageStatus, kycImageType } from '../contracts/states.ts';
import { ImageStatus, type ValueOf } from '../contracts/enums.ts';
import type { TableWith } from '../platform/platform.ts';
import { ABSENT, type Write } from '../platform/writes.ts';
import { imageKey } from './image-item.ts';
import { ACCOUNT_IMAGE, DOCUMENT_IMAGES, type ImageType, type KycRecord, kycRecordItem, recordKey } from './record.ts';

/** What the images of a user are in, by type; a type without an image is not in it. */
export type ImageStatuses = ReadonlyMap<ImageType, ValueOf<typeof ImageStatus>>;

const imageItem = z.object({ type: kycImageType, status: imageStatus });

export const getRecord = async (table: TableWith<'get'>, userId: string): Promise<KycRecord | undefined> => {
  const item = await table.get(recordKey(userId));
  return item && kycRecordItem.parse(item);
};

/** The record and the statuses of the images, in one round trip. */
export const getOverview = async (
  table: TableWith<'batchGet'>,
  userId: string,
): Promise<{ readonly record: KycRecord | undefined; readonly images: ImageStatuses }> => {
  const key = recordKey(userId);
  const types = [...DOCUMENT_IMAGES, ACCOUNT_IMAGE];
  const items = await table.batchGet([key, ...types.map((type) => imageKey(userId, type))]);
  const found = items.find(({ sk }) => sk === key.sk);
  const images = z.array(imageItem).parse(items.filter(({ sk }) => sk !== key.sk));
  return {
    record: found && kycRecordItem.parse(found),
    images: new Map(images.map(({ type, status }) => [type, status])),
  };
};

/** Fields to set; those that are `undefined` are removed, those that are not named stay. */
export type RecordChanges = { readonly [K in Exclude<keyof KycRecord, 'userId' | 'version'>]?: KycRecord[K] };

/** A whole record without what the store adds. */
export type NewRecord = Omit<KycRecord, 'version'>;

/** Describes the first record of a user; refused when there is one by now. */
export const newRecord = (table: TableWith<'put'>, record: NewRecord): Write =>
  table.put({ ...recordKey(record.userId), ...record, version: 1 }, ABSENT);

/** Describes a change of a record; refused when it is not the version that was read: code 5606, `KYC_STALE`. */
export const changeRecord = (table: TableWith<'update'>, seen: KycRecord, changes: RecordChanges): Write => {
  const entries = Object.entries(changes).map(([name, value], index) => ({ index, name, value }));
  const set = entries.filter(({ value }) => value !== undefined);
  const removed = entries.filter(({ value }) => value === undefined);
  const sets = ['version = :next', ...set.map(({ index }) => `#f${index} = :f${index}`)].join(', ');
  const removals = removed.map(({ index }) => `#f${index}`).join(', ');
  return table.update(recordKey(seen.userId), {
    update: `SET ${sets}${removals && ` REMOVE ${removals}`}`,
    condition: 'version = :seen',
    names: Object.fromEntries(entries.map(({ index, name }) => [`#f${index}`, name])),
    values: {
      ...Object.fromEntries(set.map(({ index, value }) => [`:f${index}`, value])),
      ':seen': seen.version,
      ':next': seen.version + 1,
    },
  });
};

/** Describes that an accepted image must be sent again; refused when it is no longer accepted. */
export const resendImage = (table: TableWith<'update'>, userId: string, type: ImageType): Write =>
  table.update(imageKey(userId, type), {
    update: 'SET #s = :again',
    condition: '#s = :accepted',
    names: { '#s': 'status' },
    values: { ':again': ImageStatus.RESUBMIT, ':accepted': ImageStatus.ACCEPTED },
  });
