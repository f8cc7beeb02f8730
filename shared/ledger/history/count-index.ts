import * as z from 'zod/mini';
import type { TableWith } from '../../platform/platform.ts';
import type { Key, Write } from '../../platform/writes.ts';
import { ledgerPartition } from '../account.ts';
import { type Hour, hourFrom, hourOf, hourOfMonth, type HourRange, monthOf } from './hours.ts';
import { countSecond, readSeconds, type Second } from './second-index.ts';
import type { Stream } from './stream.ts';

/**
 * How many rows each hour has, so that any page of a long history is found without reading what is before it.
 *
 * One item a stream and month, an attribute `s<ddHH>` for each hour that has rows: `ADD` makes what is missing, so that
 * counting takes no reading, in the transaction that adds the row. The index is bounded by the calendar: at most 744 small
 * numbers a month, 8 KB, however many rows those stand for. Rows of these are counted by the second too; what was written
 * before there were such counts is in `h<ddHH>`.
 */
const countPrefix = ({ class: kind, asset }: Stream): string => `COUNT#${kind}#${asset}#`;

/** Where the hours of a month are counted that this one is of. */
export const countKey = (userId: string, stream: Stream, hour: Hour): Key => ({
  pk: ledgerPartition(userId),
  sk: `${countPrefix(stream)}${monthOf(hour)}`,
});

/** Describes the counting of a row that was made at that time, by hour and by second. */
export const countRow = (
  table: TableWith<'update'>,
  userId: string,
  { at, ...stream }: Stream & { readonly at: number },
): readonly Write[] => {
  const hour = hourOf(at);
  const update = `ADD s${hourOfMonth(hour)} :one`;
  return [
    table.update(countKey(userId, stream, hour), { update, values: { ':one': 1 } }),
    countSecond(table, userId, { at, ...stream }),
  ];
};

/** How many rows an hour has. */
export interface HourCount {
  readonly rows: number;
  /** Those of them that are counted by the second too. */
  readonly bySecond: number;
}

/** How many rows a stream has. */
export interface StreamCounts {
  readonly stream: Stream;
  /** Hours without any are missing. */
  readonly hours: ReadonlyMap<Hour, HourCount>;
  /** By the second, for as many of the newest hours as were read: the last of them may lack some. */
  readonly seconds: ReadonlyMap<Hour, ReadonlyMap<Second, number>>;
}

const countItem = z.looseObject({ sk: z.string() });

const MONTH = /\d{6}$/;
const HOUR_ATTRIBUTE = /^[hs]\d{4}$/;

/** As many as record ids can name, from 2025 to 2059. What lies within one query page of 1 MB is ten years and more. */
const MOST_MONTHS = 420;

/** The hours of a month's item and how many rows they have. */
export const hoursOf = (item: unknown): ReadonlyMap<Hour, HourCount> => {
  const { sk, ...attributes } = countItem.parse(item);
  const [month = ''] = MONTH.exec(sk) ?? [];
  const hours = new Map<Hour, HourCount>();
  for (const [name, value] of Object.entries(attributes)) {
    if (!HOUR_ATTRIBUTE.test(name)) continue;
    const counted = z.int().parse(value);
    const hour = hourFrom(month, name.slice(1));
    const { rows, bySecond } = hours.get(hour) ?? { rows: 0, bySecond: 0 };
    hours.set(hour, { rows: rows + counted, bySecond: bySecond + (name.startsWith('s') ? counted : 0) });
  }
  return hours;
};

/**
 * The counts of a stream within the hours, all read at once.
 *
 * @param blocks of seconds, the newest; none where no second has to be known.
 */
export const readStreamCounts = async (
  table: TableWith<'query'>,
  userId: string,
  stream: Stream,
  hours: HourRange,
  blocks: number,
): Promise<StreamCounts> => {
  const { first, last } = hours;
  const sortPrefix = countPrefix(stream);
  const [items, seconds] = await Promise.all([
    table.query({
      partition: ledgerPartition(userId),
      sortPrefix,
      sortFrom: `${sortPrefix}${monthOf(first)}`,
      sortTo: `${sortPrefix}${monthOf(last)}`,
      limit: MOST_MONTHS,
    }),
    readSeconds(table, userId, stream, hours, blocks),
  ]);
  const counted = new Map<Hour, HourCount>();
  for (const item of items)
    for (const [hour, count] of hoursOf(item)) if (hour >= first && hour <= last) counted.set(hour, count);
  return { stream, hours: counted, seconds };
};
