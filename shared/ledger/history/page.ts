import type { StreamCounts } from './count-index.ts';
import type { Hour, HourRange } from './hours.ts';
import type { StoredRow } from './row.ts';
import type { Stream } from './stream.ts';

/** Which page of how many rows, from 1. */
export interface PageWanted {
  readonly pageSize: number;
  readonly pageNum: number;
}

/** What to read for a page. */
export interface PageSpan {
  /** The streams that have rows in these hours. */
  readonly streams: readonly Stream[];
  readonly hours: HourRange;
  /** Rows of the hours that are newer than the page. */
  readonly skip: number;
  readonly take: number;
}

export interface PagePlan {
  readonly totalRows: number;
  /** Absent where the page lies beyond the last row. */
  readonly span?: PageSpan;
}

const sumByHour = (counts: readonly StreamCounts[]): readonly (readonly [Hour, number])[] => {
  const sums = new Map<Hour, number>();
  for (const { rows } of counts) for (const [hour, number] of rows) sums.set(hour, (sums.get(hour) ?? 0) + number);
  return [...sums].toSorted(([a], [b]) => b - a);
};

/**
 * Finds the hours that hold a page of all rows together, newest first.
 *
 * Hours are the finest that is counted, so beside the page the rest of its first and last hour may be read: a page within
 * an hour of 10,000 rows may take all that are newer in that hour.
 */
export const planPage = (counts: readonly StreamCounts[], { pageSize, pageNum }: PageWanted): PagePlan => {
  const newestFirst = sumByHour(counts);
  const totalRows = newestFirst.reduce((sum, [, number]) => sum + number, 0);
  const start = (pageNum - 1) * pageSize;
  const end = Math.min(start + pageSize, totalRows);
  const span: { hour: Hour; skip: number }[] = [];
  let before = 0;
  for (const [hour, number] of newestFirst) {
    if (before >= end) break;
    if (before + number > start) span.push({ hour, skip: start - before });
    before += number;
  }
  const [newest, oldest] = [span[0], span.at(-1)];
  if (!newest || !oldest) return { totalRows };
  const hours = { first: oldest.hour, last: newest.hour };
  const within = ([hour, number]: readonly [Hour, number]): boolean =>
    number > 0 && hour >= hours.first && hour <= hours.last;
  const streams = counts.filter(({ rows }) => [...rows].some(within)).map(({ stream }) => stream);
  return { totalRows, span: { streams, hours, skip: newest.skip, take: end - start } };
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
