import type { TableWith } from '../platform/platform.ts';
import { type Random, randomId } from '../platform/random.ts';
import { ABSENT, type Write } from '../platform/writes.ts';
import type { Notice } from './notices.ts';

/** Mails wait in this many partitions, so that none takes all the writes, and a sweep knows where to look. */
export const OUTBOX_SHARDS = 16;

export const shardKey = (shard: number): string => `OUTBOX#${shard}`;

/** How the sort keys of mails begin: 13 digits of epoch milliseconds, so that the oldest comes first. */
export const timeKey = (at: number): string => String(at).padStart(13, '0');

/**
 * Describes a mail that follows a commit: put it into the same transaction. What is committed is sent at least once,
 * within seconds as a rule. The item holds nothing secret; codes and links are made when it is sent.
 *
 * @param now epoch milliseconds.
 * @param requestId of the request that queues it: what becomes of the mail is logged under it.
 */
export const enqueue = (
  table: TableWith<'put'>,
  { random, now, requestId }: { readonly random: Random; readonly now: number; readonly requestId: string | undefined },
  notice: Notice,
): Write => {
  const pk = shardKey(random.int(OUTBOX_SHARDS));
  const sk = `${timeKey(now)}#${randomId(random)}`;
  return table.put({ pk, sk, ...notice, at: now, attempts: 0, leaseUntil: 0, nextAttemptAt: 0, requestId }, ABSENT);
};
