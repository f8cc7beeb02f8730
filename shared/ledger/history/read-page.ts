import type { TableWith } from '../../platform/platform.ts';
import { ledgerPartition } from '../account.ts';
import { type RecordId, timeKey, timeOfRecord } from '../record-id.ts';
import { readCounts, type StreamCounts } from './count-index.ts';
import { hourOf, type HourRange, timesOf } from './hours.ts';
import { cutPage, type PageSpan, type PageWanted, planPage } from './page.ts';
import { parseRow, rowKey, rowPrefix, type StoredRow } from './row.ts';
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

/** Reads what a page is found by; nothing where records are asked for by their ids. */
export const readIndex = async (
  table: TableWith<'query'>,
  userId: string,
  { streams, hours, ids }: Selection,
): Promise<HistoryIndex> => (ids ? [] : readCounts(table, userId, streams, hours));

const rowsOfStream = async (
  table: TableWith<'query'>,
  userId: string,
  stream: Stream,
  { hours, skip, take }: PageSpan,
): Promise<readonly StoredRow[]> => {
  const { from, to } = timesOf(hours);
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
 * A page of the history, in one round trip: the streams that have rows in the page's hours are read in parallel, each in
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
  const { totalRows, span } = planPage(index, selection);
  if (!span) return { totalRows, rows: [] };
  const rows = await Promise.all(span.streams.map((stream) => rowsOfStream(table, userId, stream, span)));
  return { totalRows, rows: cutPage(rows.flat(), span) };
};
