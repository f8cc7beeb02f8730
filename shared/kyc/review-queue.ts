import type { TableWith } from '../platform/platform.ts';
import type { Key, Write } from '../platform/writes.ts';
import type { KycUser } from './record.ts';

/** An application that waits for staff. */
export interface Review {
  readonly level: 2 | 3;
  readonly userId: string;
  /** Epoch milliseconds. */
  readonly requestedAt: number;
}

/** Digits of epoch milliseconds until the year 2286, so that sort keys are in the order of time. */
const TIME_DIGITS = 13;

export const reviewPartition = (level: Review['level']): string => `REVIEW#${level}`;

export const reviewKey = ({ level, userId, requestedAt }: Review): Key => ({
  pk: reviewPartition(level),
  sk: `${String(requestedAt).padStart(TIME_DIGITS, '0')}#${userId}`,
});

/** Describes an application's place in the queue, oldest first; put in the transaction that makes it. */
export const queueReview = (table: TableWith<'put'>, review: Review & Pick<KycUser, 'username'>): Write =>
  table.put({ ...reviewKey(review), ...review });

/** Describes that an application no longer waits; done in the transaction that decides it. */
export const leaveQueue = (table: TableWith<'delete'>, review: Review): Write => table.delete(reviewKey(review));
