import * as z from 'zod/mini';
import type { TableWith } from '../../platform/platform.ts';
import type { Write } from '../../platform/writes.ts';
import { ledgerPartition } from '../account.ts';
import { type Hour, hourFrom, hourOf, hourOfMonth, type HourRange, monthOf } from './hours.ts';
import type { Stream } from './stream.ts';

/**
 * How many rows each hour has, so that any page of a long history is found without reading what is before it.
 *
 * One item a stream and month, an attribute `h<ddHH>` for each hour that has rows: `ADD` makes what is missing, so that
 * counting takes one blind write, in the transaction that adds the row. The index is bounded by the calendar: at most 744
 * small numbers a month, 8 KB, however many rows those stand for.
 */
const countPrefix = ({ class: kind, asset }: Stream): string => `COUNT#${kind}#${asset}#`;

/** Describes the counting of a row that was made at that time. */
export const countRow = (
  table: TableWith<'update'>,
  userId: string,
  { at, ...stream }: Stream & { readonly at: number },
): Write => {
  const hour = hourOf(at);
  const sk = `${countPrefix(stream)}${monthOf(hour)}`;
  const update = `ADD h${hourOfMonth(hour)} :one`;
  return table.update({ pk: ledgerPartition(userId), sk }, { update, values: { ':one': 1 } });
};

/** How many rows the hours of a stream have; hours without any are missing. */
export interface StreamCounts {
  readonly stream: Stream;
  readonly rows: ReadonlyMap<Hour, number>;
}

const countItem = z.looseObject({ sk: z.string() });

const MONTH = /\d{6}$/;
const HOUR_ATTRIBUTE = /^h\d{4}$/;

/** As many as record ids can name, from 2025 to 2059. What lies within one query page of 1 MB is ten years and more. */
const MOST_MONTHS = 420;

/** The hours of a month's item and how many rows they have. */
export const hoursOf = (item: unknown): readonly (readonly [Hour, number])[] => {
  const { sk, ...attributes } = countItem.parse(item);
  const [month = ''] = MONTH.exec(sk) ?? [];
  return Object.entries(attributes).flatMap(([name, rows]) =>
    HOUR_ATTRIBUTE.test(name) ? [[hourFrom(month, name.slice(1)), z.int().parse(rows)] as const] : [],
  );
};

const readStream = async (
  table: TableWith<'query'>,
  userId: string,
  stream: Stream,
  { first, last }: HourRange,
): Promise<StreamCounts> => {
  const sortPrefix = countPrefix(stream);
  const items = await table.query({
    partition: ledgerPartition(userId),
    sortPrefix,
    sortFrom: `${sortPrefix}${monthOf(first)}`,
    sortTo: `${sortPrefix}${monthOf(last)}`,
    limit: MOST_MONTHS,
  });
  const hours = items.flatMap(hoursOf).filter(([hour]) => hour >= first && hour <= last);
  return { stream, rows: new Map(hours) };
};

/** The counts of streams within the hours, all read at once. */
export const readCounts = (
  table: TableWith<'query'>,
  userId: string,
  streams: readonly Stream[],
  hours: HourRange,
): Promise<readonly StreamCounts[]> => Promise.all(streams.map((stream) => readStream(table, userId, stream, hours)));
