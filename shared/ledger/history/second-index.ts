import * as z from 'zod/mini';
import { HOUR, MINUTE, SECOND } from '../../platform/clock.ts';
import type { TableWith } from '../../platform/platform.ts';
import type { Key, Write } from '../../platform/writes.ts';
import { ledgerPartition } from '../account.ts';
import { type Hour, hourFrom, hourOf, type HourRange, hourText } from './hours.ts';
import type { Stream } from './stream.ts';

/** Seconds since 1970. */
export type Second = number;

/** @param at epoch milliseconds. */
export const secondOf = (at: number): Second => Math.floor(at / SECOND);

/** The hour that a second is of. */
export const hourOfSecond = (second: Second): Hour => hourOf(second * SECOND);

/**
 * How many rows each second has, so that a page within a busy hour is found without reading what that hour has before it.
 *
 * One item a stream and ten minutes that have rows, an attribute `s<000…599>` for each second. Ten minutes, since a write
 * costs by the size of the whole item: with every second in use it is 4 KB, and of an hour it would be 26. By the limits of
 * requests nobody makes more than 75 rows of a stream in a second, so nothing finer is needed; only what others send to one
 * user could be more.
 */
const secondPrefix = ({ class: kind, asset }: Stream): string => `FINE#${kind}#${asset}#`;

const BLOCK = 10 * MINUTE;
const BLOCK_SECONDS = BLOCK / SECOND;

/** Blocks of an hour. */
export const BLOCKS_AN_HOUR = HOUR / BLOCK;

/** Blocks that are read at once: of somebody with rows in all of them, those of four days. */
export const MOST_BLOCKS = 600;

/** Where the seconds are counted that this time is of. */
export const secondKey = (userId: string, stream: Stream, at: number): Key => ({
  pk: ledgerPartition(userId),
  sk: `${secondPrefix(stream)}${hourText(hourOf(at))}${Math.floor((at % HOUR) / BLOCK)}`,
});

/** Describes the counting of a row that was made at that time, by its second. */
export const countSecond = (
  table: TableWith<'update'>,
  userId: string,
  { at, ...stream }: Stream & { readonly at: number },
): Write => {
  const update = `ADD s${String(secondOf(at) % BLOCK_SECONDS).padStart(3, '0')} :one`;
  return table.update(secondKey(userId, stream, at), { update, values: { ':one': 1 } });
};

const PLACE = /#(\d{6})(\d{4})([0-5])$/;

const secondItem = z.looseObject({ sk: z.string().check(z.regex(PLACE)) });

const SECOND_ATTRIBUTE = /^s\d{3}$/;

/** The seconds of an item and how many rows they have. */
export const secondsOf = (item: unknown): readonly (readonly [Second, number])[] => {
  const { sk, ...attributes } = secondItem.parse(item);
  const [, month = '', ofMonth = '', block = ''] = PLACE.exec(sk) ?? [];
  const first = (hourFrom(month, ofMonth) * HOUR + Number(block) * BLOCK) / SECOND;
  return Object.entries(attributes).flatMap(([name, rows]) =>
    SECOND_ATTRIBUTE.test(name) ? [[first + Number(name.slice(1)), z.int().parse(rows)] as const] : [],
  );
};

/** Seconds by their hours. */
const byHour = (items: readonly unknown[]): ReadonlyMap<Hour, ReadonlyMap<Second, number>> => {
  const hours = new Map<Hour, Map<Second, number>>();
  for (const [second, rows] of items.flatMap(secondsOf)) {
    const hour = hourOfSecond(second);
    const seconds = hours.get(hour) ?? new Map<Second, number>();
    hours.set(hour, seconds.set(second, rows));
  }
  return hours;
};

/** Reads the newest blocks of a stream within the hours: as many as are asked for, or as one query page of 1 MB holds. */
export const readSeconds = async (
  table: TableWith<'query'>,
  userId: string,
  stream: Stream,
  { first, last }: HourRange,
  blocks: number,
): Promise<ReadonlyMap<Hour, ReadonlyMap<Second, number>>> => {
  if (blocks === 0) return new Map();
  const sortPrefix = secondPrefix(stream);
  const items = await table.query({
    partition: ledgerPartition(userId),
    sortPrefix,
    sortFrom: `${sortPrefix}${hourText(first)}`,
    sortTo: `${sortPrefix}${hourText(last)}9`,
    limit: Math.min(blocks, MOST_BLOCKS),
    newestFirst: true,
    firstPageOnly: true,
  });
  return byHour(items);
};
