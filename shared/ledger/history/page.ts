import { SECOND } from '../../platform/clock.ts';
import type { StreamCounts } from './count-index.ts';
import { type Hour, hourOf, timesOf } from './hours.ts';
import type { StoredRow } from './row.ts';
import { type Second, secondOf } from './second-index.ts';
import type { Stream } from './stream.ts';

/** Which page of how many rows, from 1. */
export interface PageWanted {
  readonly pageSize: number;
  readonly pageNum: number;
}

/** What to read for a page. */
export interface PageSpan {
  /** The streams that have rows in that time. */
  readonly streams: readonly Stream[];
  /** The first and last millisecond. */
  readonly from: number;
  readonly to: number;
  /** Rows of that time that are newer than the page. */
  readonly skip: number;
  readonly take: number;
}

export interface PagePlan {
  readonly totalRows: number;
  /** Absent where the page lies beyond the last row. */
  readonly span?: PageSpan;
  /** The hour in which the page begins, where many rows are to be skipped and its seconds, which are counted, were not read. */
  readonly unread?: Hour;
}

/** Rows that are sooner read and left away than found by their seconds in a further round trip. */
const FEW_ROWS = 200;

const sumByHour = (counts: readonly StreamCounts[]): readonly (readonly [Hour, number])[] => {
  const sums = new Map<Hour, number>();
  for (const { hours } of counts) for (const [hour, { rows }] of hours) sums.set(hour, (sums.get(hour) ?? 0) + rows);
  return [...sums].toSorted(([a], [b]) => b - a);
};

/** The seconds of an hour, where those of all of its rows are known. */
const secondsOfStream = (
  { hours, seconds }: StreamCounts,
  hour: Hour,
): ReadonlyMap<Second, number> | 'none' | undefined => {
  const rows = hours.get(hour)?.rows ?? 0;
  if (rows === 0) return 'none';
  const known = seconds.get(hour);
  if (!known) return undefined;
  return [...known.values()].reduce((sum, number) => sum + number, 0) === rows ? known : undefined;
};

/** The seconds of an hour in all streams together, newest first; `undefined` where those of any stream are not known. */
const secondsOfHour = (
  counts: readonly StreamCounts[],
  hour: Hour,
): readonly (readonly [Second, number])[] | undefined => {
  const sums = new Map<Second, number>();
  for (const one of counts) {
    const seconds = secondsOfStream(one, hour);
    if (!seconds) return undefined;
    if (seconds === 'none') continue;
    for (const [second, rows] of seconds) sums.set(second, (sums.get(second) ?? 0) + rows);
  }
  return [...sums].toSorted(([a], [b]) => b - a);
};

/** Leaves away the seconds of an hour that are newer than the row which follows on `skip` others. */
const cutNewer = (counts: readonly StreamCounts[], hour: Hour, skip: number): Pick<PageSpan, 'to' | 'skip'> => {
  let before = 0;
  // Where nothing is skipped, what has come since the counts were read is to be seen.
  for (const [second, rows] of (skip > 0 && secondsOfHour(counts, hour)) || []) {
    if (before + rows > skip) return { to: (second + 1) * SECOND - 1, skip: skip - before };
    before += rows;
  }
  return { to: timesOf({ first: hour, last: hour }).to, skip };
};

/** Leaves away the seconds of an hour that are older than the last of so many rows of it. */
const cutOlder = (counts: readonly StreamCounts[], hour: Hour, wanted: number): number => {
  let before = 0;
  for (const [second, rows] of secondsOfHour(counts, hour) ?? []) {
    before += rows;
    if (before >= wanted) return second * SECOND;
  }
  return timesOf({ first: hour, last: hour }).from;
};

const hasRowsIn = (counts: StreamCounts, { from, to }: Pick<PageSpan, 'from' | 'to'>): boolean =>
  [...counts.hours].some(([hour, { rows }]) => {
    if (rows === 0 || hour < hourOf(from) || hour > hourOf(to)) return false;
    const seconds = secondsOfStream(counts, hour);
    if (!seconds || seconds === 'none') return true;
    return [...seconds.keys()].some((second) => second >= secondOf(from) && second <= secondOf(to));
  });

/** Whether all rows of an hour are counted by the second. */
const isCountedBySecond = (counts: readonly StreamCounts[], hour: Hour): boolean =>
  counts.every(({ hours }) => {
    const { rows, bySecond } = hours.get(hour) ?? { rows: 0, bySecond: 0 };
    return rows === bySecond;
  });

interface Edge {
  readonly hour: Hour;
  /** Rows that are newer than this hour. */
  readonly before: number;
}

/** The hours that hold the rows from `start` to before `end`: the newest and the oldest. */
const edgesOf = (newestFirst: readonly (readonly [Hour, number])[], start: number, end: number): readonly Edge[] => {
  const held: Edge[] = [];
  let before = 0;
  for (const [hour, rows] of newestFirst) {
    if (before >= end) break;
    if (before + rows > start) held.push({ hour, before });
    before += rows;
  }
  return held;
};

/**
 * Finds the time that holds a page of all rows together, newest first: to the second, where the seconds of its first and
 * last hour are known, so that beside the page only the rest of two seconds is read; else to the hour.
 */
export const planPage = (counts: readonly StreamCounts[], { pageSize, pageNum }: PageWanted): PagePlan => {
  const newestFirst = sumByHour(counts);
  const totalRows = newestFirst.reduce((sum, [, number]) => sum + number, 0);
  const start = (pageNum - 1) * pageSize;
  const end = Math.min(start + pageSize, totalRows);
  const held = edgesOf(newestFirst, start, end);
  const [newest, oldest] = [held[0], held.at(-1)];
  if (!newest || !oldest) return { totalRows };
  const { to, skip } = cutNewer(counts, newest.hour, start - newest.before);
  const from = cutOlder(counts, oldest.hour, end - oldest.before);
  const streams = counts.filter((one) => hasRowsIn(one, { from, to })).map(({ stream }) => stream);
  const isUnread = skip > FEW_ROWS && !secondsOfHour(counts, newest.hour) && isCountedBySecond(counts, newest.hour);
  const span = { streams, from, to, skip, take: end - start };
  return { totalRows, span, ...(isUnread && { unread: newest.hour }) };
};

const byName = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** Newest first; the rows of one record, which have one time, by class and asset. */
export const compareRows = (a: StoredRow, b: StoredRow): number =>
  b.at - a.at || b.id - a.id || byName(a.class, b.class) || byName(a.asset, b.asset);

/** Merges rows and cuts the page out of them. */
export const cutPage = (
  rows: readonly StoredRow[],
  { skip, take }: Pick<PageSpan, 'skip' | 'take'>,
): readonly StoredRow[] => rows.toSorted(compareRows).slice(skip, skip + take);
