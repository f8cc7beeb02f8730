import { BUCKETS } from '../../contracts/resources.ts';
import { describeError } from '../../platform/logger.ts';
import type { BucketWith, Core } from '../../platform/platform.ts';
import type { Random } from '../../platform/random.ts';

/** 256 bits: who has not been told a key will not find it. */
const KEY_BYTES = 32;

/** A key for an object that nobody can guess, and that tells nothing of whose it is. */
export const newObjectKey = (bucket: 'documents' | 'incoming', random: Random): string =>
  `${BUCKETS[bucket].prefix}${Buffer.from(random.bytes(KEY_BYTES)).toString('base64url')}`;

/** Deletes an object that nothing refers to any more. That it stays is no reason to refuse what was asked. */
export const dropObject = async (bucket: BucketWith<'delete'>, objectKey: string, log: Core['log']): Promise<void> => {
  await bucket.delete(objectKey).catch((error: unknown) => log('OBJECT_LEFT', { ...describeError(error), objectKey }));
};
