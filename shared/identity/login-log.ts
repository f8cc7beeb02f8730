import * as z from 'zod/mini';
import type { OperationCode, ValueOf } from '../contracts/enums.ts';
import { operationCode } from '../contracts/states.ts';
import { timeToLive } from '../platform/clock.ts';
import type { TableWith } from '../platform/platform.ts';
import { type Random, randomId } from '../platform/random.ts';
import type { Write } from '../platform/writes.ts';

/** Where a request came from, as the gateway saw it. */
export interface Origin {
  readonly ip: string;
  readonly userAgent: string;
  /** Viewer country where a CDN in front tells it, else "-". */
  readonly area: string;
}

export interface LogEntry {
  readonly userId: string;
  readonly operationCode: ValueOf<typeof OperationCode>;
  readonly at: number;
  readonly origin: Origin;
  /** Epoch milliseconds after which the entry may vanish; entries of real users stay. */
  readonly expiresAt?: number;
}

/** Describes an entry of the user's log. Keys sort by time; the random end keeps entries of one millisecond apart. */
export const logEntry = (table: TableWith<'put'>, entry: LogEntry, random: Random): Write =>
  table.put({
    pk: `USER#${entry.userId}`,
    sk: `LOG#${String(entry.at).padStart(13, '0')}#${randomId(random)}`,
    operationCode: entry.operationCode,
    logTime: entry.at,
    ...entry.origin,
    ...(entry.expiresAt !== undefined && { ttl: timeToLive(entry.expiresAt) }),
  });

const logItem = z.object({
  operationCode,
  logTime: z.int(),
  ip: z.string(),
  userAgent: z.string(),
  area: z.string(),
});

export type LoggedEvent = z.output<typeof logItem>;

/** As far back as pages go; older entries are kept, and read by staff. */
const DEEPEST = 10_000;

/** A page of the user's log, newest first; pages beyond the newest 10,000 entries are empty. */
export const readLog = async (
  table: TableWith<'query'>,
  userId: string,
  { pageSize, pageNum }: { readonly pageSize: number; readonly pageNum: number },
): Promise<readonly LoggedEvent[]> => {
  const start = (pageNum - 1) * pageSize;
  if (start >= DEEPEST) return [];
  const query = { partition: `USER#${userId}`, sortPrefix: 'LOG#', limit: start + pageSize, newestFirst: true };
  return (await table.query(query)).slice(start).map((item) => logItem.parse(item));
};
