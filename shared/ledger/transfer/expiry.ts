import * as z from 'zod/mini';
import { SECOND } from '../../platform/clock.ts';
import type { JobReport } from '../../platform/job-handler.ts';
import { describeError } from '../../platform/logger.ts';
import type { Core, TableWith } from '../../platform/platform.ts';
import type { Item } from '../../platform/writes.ts';
import { timeKey } from '../record-id.ts';
import { closeTransfer } from './commands.ts';
import { tellOfExpiry } from './mails.ts';
import { EXPIRY_SHARDS, expiryPartition, findTransfer } from './transfer.ts';

export type ExpiryPlatform = Core & {
  readonly tables: {
    readonly ledger: TableWith<'get' | 'query' | 'put' | 'update' | 'delete'>;
    readonly outbox: TableWith<'put'>;
  };
};

/** Nothing new is begun after this: what was begun by then ends before the function's 28 s are over. */
const BUDGET = 15 * SECOND;

/** Partitions at once. */
const WORKERS = 4;

const PAGE = 100;

const waiting = z.object({ id: z.int() });

/** Sorts behind a key and before the next. */
const after = (sortKey: string): string => `${sortKey}+`;

/**
 * Ends the transfers whose time is over, and gives their money back (API 8.1). Looks through every partition from a
 * random one on, oldest first, as far as its time goes; the next run does the rest. One that fails stops no other.
 *
 * @returns how many were `expired` now, how many had been `closed` meanwhile, how many `failed`; `late`: partitions that were not
 * looked through.
 */
export const expireTransfers = async (platform: ExpiryPlatform): Promise<JobReport> => {
  const { tables, clock, random, log } = platform;
  const startedAt = clock.now();
  const isOver = (): boolean => clock.now() - startedAt > BUDGET;
  const counts = { expired: 0, closed: 0, failed: 0, late: 0 };

  const expire = async (id: number): Promise<void> => {
    const transfer = await findTransfer(tables.ledger, id);
    if (!transfer) throw new Error('A transfer that is to expire is not there.');
    const { outcome } = await closeTransfer(platform, transfer, 'expire', (next) => ({
      mail: [tellOfExpiry(platform, next)],
    }));
    counts[outcome === 'done' ? 'expired' : 'closed'] += 1;
  };

  const attempt = async (item: Item): Promise<void> => {
    try {
      await expire(waiting.parse(item).id);
    } catch (error) {
      counts.failed += 1;
      log('TRANSFER_NOT_EXPIRED', { transfer: String(item['sk']), ...describeError(error) });
    }
  };

  /** Whether the partition was looked through. */
  const sweepShard = async (shard: number): Promise<boolean> => {
    const due = { partition: expiryPartition(shard), sortPrefix: '', sortTo: after(timeKey(startedAt)), limit: PAGE };
    let sortFrom = '0';
    for (;;) {
      const items = await tables.ledger.query({ ...due, sortFrom });
      for (const item of items) {
        if (isOver()) return false;
        await attempt(item);
      }
      if (items.length < PAGE) return true;
      sortFrom = after(String(items.at(-1)?.['sk']));
    }
  };

  const first = random.int(EXPIRY_SHARDS);
  const shards = Array.from({ length: EXPIRY_SHARDS }, (_, index) => (first + index) % EXPIRY_SHARDS);
  const work = async (): Promise<void> => {
    for (let shard = shards.shift(); shard !== undefined; shard = shards.shift()) {
      if (isOver() || !(await sweepShard(shard))) counts.late += 1;
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, work));
  return counts;
};
