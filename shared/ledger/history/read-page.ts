import type { TableWith } from '../../platform/platform.ts';
import { ledgerPartition } from '../account.ts';
import { type RecordId, timeKey, timeOfRecord } from '../record-id.ts';
import { readStreamCounts, type StreamCounts } from './count-index.ts';
import { type Hour, hourOf, type HourRange } from './hours.ts';
import { cutPage, type PagePlan, type PageSpan, type PageWanted, planPage } from './page.ts';
import { parseRow, rowKey, rowPrefix, type StoredRow } from './row.ts';
import { BLOCKS_AN_HOUR } from './second-index.ts';
import type { Stream } from './stream.ts';

/** Which rows of a user's history. */
export interface Selection {
  readonly streams: readonly Stream[];
  readonly hours: HourRange;
  /** Rows of these records only. */
  readonly ids?: readonly RecordId[] | undefined;
}

export interface HistoryPage {
  readonly totalRows: number;
  readonly rows: readonly StoredRow[];
}

/** What a page is found by. */
export type HistoryIndex = readonly StreamCounts[];

/**
 * Reads what a page is found by, in one round trip; nothing where records are asked for by their ids.
 *
 * Of each stream the newest blocks of seconds are read that the page may lie in: each of those before it has a row or more.
 * The first page has nothing before it.
 */
export const readIndex = async (
  table: TableWith<'query'>,
  userId: string,
  { streams, hours, ids, pageNum, pageSize }: Selection & PageWanted,
): Promise<HistoryIndex> => {
  if (ids) return [];
  const blocks = pageNum > 1 ? pageNum * pageSize : 0;
  return Promise.all(streams.map((stream) => readStreamCounts(table, userId, stream, hours, blocks)));
};

/** The index with what it says of one hour read anew, its seconds with it. */
const rereadHour = (
  table: TableWith<'query'>,
  userId: string,
  index: HistoryIndex,
  hour: Hour,
): Promise<HistoryIndex> =>
  Promise.all(
    index.map(async (counts) => {
      if (!counts.hours.has(hour)) return counts;
      const fresh = await readStreamCounts(table, userId, counts.stream, { first: hour, last: hour }, BLOCKS_AN_HOUR);
      return {
        stream: counts.stream,
        hours: new Map([...counts.hours, ...fresh.hours]),
        seconds: new Map([...counts.seconds, ...fresh.seconds]),
      };
    }),
  );

/**
 * Finds the page. Where it begins far within an hour that is older than all blocks that were read, or that changed between
 * the reading of its hours and that of its seconds, that hour is read by itself: one round trip more.
 */
const findPage = async (
  table: TableWith<'query'>,
  userId: string,
  wanted: PageWanted,
  index: HistoryIndex,
): Promise<PagePlan> => {
  const plan = planPage(index, wanted);
  if (plan.unread === undefined) return plan;
  return planPage(await rereadHour(table, userId, index, plan.unread), wanted);
};

const rowsOfStream = async (
  table: TableWith<'query'>,
  userId: string,
  stream: Stream,
  { from, to, skip, take }: PageSpan,
): Promise<readonly StoredRow[]> => {
  const sortPrefix = rowPrefix(stream);
  const items = await table.query({
    partition: ledgerPartition(userId),
    sortPrefix,
    sortFrom: `${sortPrefix}${timeKey(from)}`,
    sortTo: `${sortPrefix}${timeKey(to)}#\u{10FFFF}`,
    // The newest of all streams together are among the newest of each, also where rows came after the counts were read.
    limit: skip + take,
    newestFirst: true,
  });
  return items.map(parseRow);
};

const rowsOfRecords = async (
  table: TableWith<'batchGet'>,
  userId: string,
  { streams, hours }: Selection,
  ids: readonly RecordId[],
): Promise<readonly StoredRow[]> => {
  const keys = ids.flatMap((id) => streams.map((stream) => rowKey({ userId, ...stream, id, at: timeOfRecord(id) })));
  const rows = (await table.batchGet(keys)).map(parseRow);
  return rows.filter(({ at }) => hourOf(at) >= hours.first && hourOf(at) <= hours.last);
};

/**
 * A page of the history, in one round trip (seldom two, see `findPage`): the streams that have rows in the page's hours are read in parallel, each in
 * query pages of 1 MB, some 2,500 rows.
 *
 * @param index what `readIndex` gave for the same selection.
 */
export const readPage = async (
  table: TableWith<'query' | 'batchGet'>,
  userId: string,
  selection: Selection & PageWanted,
  index: HistoryIndex,
): Promise<HistoryPage> => {
  if (selection.ids) {
    const rows = await rowsOfRecords(table, userId, selection, selection.ids);
    const skip = (selection.pageNum - 1) * selection.pageSize;
    return { totalRows: rows.length, rows: cutPage(rows, { skip, take: selection.pageSize }) };
  }
  const { totalRows, span } = await findPage(table, userId, selection, index);
  if (!span) return { totalRows, rows: [] };
  const rows = await Promise.all(span.streams.map((stream) => rowsOfStream(table, userId, stream, span)));
  return { totalRows, rows: cutPage(rows.flat(), span) };
};
