import { MINUTE, SECOND } from '../platform/clock.ts';
import type { JobReport } from '../platform/job-handler.ts';
import { describeError } from '../platform/logger.ts';
import type { Core, TableWith } from '../platform/platform.ts';
import type { Item, Key } from '../platform/writes.ts';
import type { Deliver } from './delivery.ts';
import { OUTBOX_SHARDS, shardKey, timeKey } from './outbox.ts';
import { isFree, queuedMailOf } from './queued-mail.ts';

/** Younger mails are left to the stream. */
const YOUNG = MINUTE;

/** Nothing new is begun after this: what was begun by then ends before the function's 28 s are over. */
const BUDGET = 12 * SECOND;

/** Partitions at once: at 50 ms a mail this is 80 a second, near what a young SES account may send. */
const WORKERS = 4;

const PAGE = 100;
const MOST_PAGES = 100;

export type SweepPlatform = Core & { readonly tables: { readonly outbox: TableWith<'query'> } };

/** Sorts behind a key and before the next. */
const after = (sortKey: string): string => `${sortKey}+`;

const keyOf = ({ pk, sk }: Item): Key => ({ pk: String(pk), sk: String(sk) });

/** How long a mail has waited to be sent; one that nobody will send does not wait. */
const waitOf = (item: Item, now: number): number => {
  const queued = queuedMailOf(item);
  return queued.is === 'waiting' ? now - queued.state.at : 0;
};

/** Whether the stream should have had this mail sent by now. Unreadable ones are for delivery to set aside. */
const isDue = (item: Item, now: number): boolean => {
  const queued = queuedMailOf(item);
  return queued.is === 'unreadable' || (queued.is === 'waiting' && isFree(queued.state, now));
};

/**
 * Sends what the stream lost, and what could not be sent before: the items are the truth. Looks through every partition
 * from a random one on, oldest mails first, as far as its time goes; the next sweep does the rest.
 *
 * @returns how many mails were due, and what became of them; `late`: partitions that were not looked through;
 * `oldestMs`: how long the oldest mail that it came upon had waited.
 */
export const sweepOutbox = async (platform: SweepPlatform, deliver: Deliver): Promise<JobReport> => {
  const { tables, clock, random, log } = platform;
  const startedAt = clock.now();
  const isOver = (): boolean => clock.now() - startedAt > BUDGET;
  const counts = { due: 0, sent: 0, postponed: 0, parked: 0, failed: 0, late: 0, oldestMs: 0 };

  const attempt = async (key: Key): Promise<void> => {
    counts.due += 1;
    try {
      const delivered = await deliver(key);
      if (delivered === 'sent' || delivered === 'postponed' || delivered === 'parked') counts[delivered] += 1;
    } catch (error) {
      counts.failed += 1;
      log('MAIL_FAILED', { mail: key.sk, ...describeError(error) });
    }
  };

  /** Whether the partition was looked through. */
  const sweepShard = async (shard: number): Promise<boolean> => {
    const end = timeKey(startedAt - YOUNG);
    let sortFrom = '0';
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const items = await tables.outbox.query({ partition: shardKey(shard), sortPrefix: '', sortFrom, limit: PAGE });
      const old = items.filter(({ sk }) => String(sk) < end);
      counts.oldestMs = Math.max(counts.oldestMs, ...old.map((item) => waitOf(item, startedAt)));
      for (const item of old.filter((one) => isDue(one, startedAt))) {
        if (isOver()) return false;
        await attempt(keyOf(item));
      }
      if (old.length < PAGE) return true;
      sortFrom = after(String(items.at(-1)?.['sk']));
    }
    return false;
  };

  const first = random.int(OUTBOX_SHARDS);
  const shards = Array.from({ length: OUTBOX_SHARDS }, (_, index) => (first + index) % OUTBOX_SHARDS);
  const work = async (): Promise<void> => {
    for (let shard = shards.shift(); shard !== undefined; shard = shards.shift()) {
      if (isOver() || !(await sweepShard(shard))) counts.late += 1;
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, work));
  return counts;
};
