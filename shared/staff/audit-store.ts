import { type AuditRecord, auditRecord } from '../contracts/staff/audit-record.ts';
import type { TableWith } from '../platform/platform.ts';
import type { Key, Write } from '../platform/writes.ts';

/*
 * Every record is kept twice, so that a day and a user can each be read from one partition. Keys sort by time; the id
 * behind it keeps records of one millisecond apart.
 */

const SORT_PREFIX = 'AT#';

/** Digits of epoch milliseconds until the year 2286. */
const TIME_DIGITS = 13;

type Place = Pick<AuditRecord, 'at' | 'id'>;

const sortKey = ({ at, id }: Place): string => `${SORT_PREFIX}${String(at).padStart(TIME_DIGITS, '0')}#${id}`;

/** `yyyy-mm-dd` of UTC. */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

const DAY_PREFIX = 'DAY#';

/** The partition of a day of UTC, `yyyy-mm-dd`. */
export const dayPartition = (day: string): string => `${DAY_PREFIX}${day}`;

/** Whether this is the one of a record's items that every record has. */
export const isOfDay = ({ pk }: Pick<Key, 'pk'>): boolean => pk.startsWith(DAY_PREFIX);

export const targetPartition = (userId: string): string => `TARGET#${userId}`;

const keysOf = (record: AuditRecord): readonly Key[] => {
  const partitions = [dayPartition(dayOf(record.at))];
  if (record.target) partitions.push(targetPartition(record.target.userId));
  return partitions.map((pk) => ({ pk, sk: sortKey(record) }));
};

/** Describes a record under each of its keys. Goes into the transaction of what it tells. */
export const appendRecord = (table: TableWith<'append'>, record: AuditRecord): readonly Write[] =>
  keysOf(record).map((key) => table.append({ ...key, ...record }));

/** Where a page ended, as text for whoever asks for the next one. */
const cursorOf = ({ at, id }: Place): string => `${String(at).padStart(TIME_DIGITS, '0')}.${id}`;

const sortKeyOf = (cursor: string): string => `${SORT_PREFIX}${cursor.replace('.', '#')}`;

export interface AuditPage {
  readonly records: AuditRecord[];
  /** Of the last record, when there are more. */
  readonly next: string | null;
}

/** A page of one partition, newest first, from behind the record that the cursor names. */
export const readRecords = async (
  table: TableWith<'query'>,
  {
    partition,
    limit,
    before,
  }: { readonly partition: string; readonly limit: number; readonly before?: string | undefined },
): Promise<AuditPage> => {
  const sortTo = before === undefined ? undefined : sortKeyOf(before);
  // One for the record at the cursor itself, one to know whether there are more.
  const items = await table.query({
    partition,
    sortPrefix: SORT_PREFIX,
    ...(sortTo !== undefined && { sortTo }),
    limit: limit + 2,
    newestFirst: true,
  });
  const found = items.filter(({ sk }) => sk !== sortTo).map((item) => auditRecord.parse(item));
  const records = found.slice(0, limit);
  const last = records.at(-1);
  return { records, next: last && found.length > limit ? cursorOf(last) : null };
};
