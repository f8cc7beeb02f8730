import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { HOUR } from '../../../../shared/platform/clock.ts';
import { InOutType, WalletRecordType, WalletStatus } from '../../../../shared/contracts/enums.ts';
import { ASSET_NAMES } from '../../../../shared/ledger/account.ts';
import type { StreamCounts } from '../../../../shared/ledger/history/count-index.ts';
import { hourOf, timesOf } from '../../../../shared/ledger/history/hours.ts';
import { compareRows, cutPage, type PageWanted, planPage } from '../../../../shared/ledger/history/page.ts';
import type { StoredRow } from '../../../../shared/ledger/history/row.ts';
import { ROW_CLASSES, type Stream, streamsOf } from '../../../../shared/ledger/history/stream.ts';
import { timeOfRecord } from '../../../../shared/ledger/record-id.ts';

const START = Date.UTC(2026, 0, 31, 14);
const FIRST_ID = (START - Date.UTC(2025, 0, 1)) * 8192;

const STREAMS = streamsOf(ROW_CLASSES, ASSET_NAMES.slice(0, 3));

const rowOf = (stream: Stream, id: number): StoredRow => ({
  ...stream,
  id,
  at: timeOfRecord(id),
  updatedAt: timeOfRecord(id),
  type: WalletRecordType.DEPOSIT,
  inOutType: InOutType.IN,
  amount: 1n,
  status: WalletStatus.COMPLETED,
});

/** Some hours, in clusters of few milliseconds, over the end of a month in Taipei. */
const someRow = fc
  .record({
    stream: fc.constantFrom(...STREAMS),
    hour: fc.integer({ min: 0, max: 5 }),
    ms: fc.integer({ min: 0, max: 20 }),
    bits: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ stream, hour, ms, bits }) => rowOf(stream, FIRST_ID + (hour * HOUR + ms) * 8192 + bits));

const someRows = fc.uniqueArray(someRow, {
  maxLength: 120,
  selector: (row) => `${row.class} ${row.asset} ${row.id}`,
});

const countsOf = (rows: readonly StoredRow[]): readonly StreamCounts[] =>
  STREAMS.map((stream) => {
    const counts = new Map<number, number>();
    for (const { class: kind, asset, at } of rows) {
      if (kind !== stream.class || asset !== stream.asset) continue;
      counts.set(hourOf(at), (counts.get(hourOf(at)) ?? 0) + 1);
    }
    return { stream, rows: counts };
  });

/** What the table gives for a page, and the page. */
const pageOf = (rows: readonly StoredRow[], counts: readonly StreamCounts[], wanted: PageWanted) => {
  const { totalRows, span } = planPage(counts, wanted);
  if (!span) return { totalRows, read: [], page: [] };
  const { from, to } = timesOf(span.hours);
  const read = span.streams.flatMap((stream) =>
    rows
      .filter((row) => row.class === stream.class && row.asset === stream.asset && row.at >= from && row.at <= to)
      .toSorted(compareRows)
      .slice(0, span.skip + span.take),
  );
  return { totalRows, read, page: cutPage(read, span) };
};

const wantedPage = fc.record({ pageSize: fc.integer({ min: 1, max: 40 }), pageNum: fc.integer({ min: 1, max: 8 }) });

describe('a page of the history', () => {
  it('is what cutting the whole sorted history gives, and the total is exact', () => {
    fc.assert(
      fc.property(someRows, wantedPage, (rows, wanted) => {
        const start = (wanted.pageNum - 1) * wanted.pageSize;
        const expected = rows.toSorted(compareRows).slice(start, start + wanted.pageSize);
        const { totalRows, page } = pageOf(rows, countsOf(rows), wanted);
        expect(page).toEqual(expected);
        expect(totalRows).toBe(rows.length);
      }),
      { numRuns: 500 },
    );
  });

  it('reads no more than itself and the rest of the hours at its edges, from streams that have rows there', () => {
    fc.assert(
      fc.property(someRows, wantedPage, (rows, wanted) => {
        const { read, page } = pageOf(rows, countsOf(rows), wanted);
        const edges = new Set([page[0], page.at(-1)].flatMap((row) => (row ? [hourOf(row.at)] : [])));
        const shown = new Set(page);
        expect(read.filter((row) => !shown.has(row) && !edges.has(hourOf(row.at)))).toEqual([]);
        const { span } = planPage(countsOf(rows), wanted);
        expect(span?.streams.length ?? 0).toBeLessThanOrEqual(read.length);
      }),
      { numRuns: 500 },
    );
  });

  it('stays whole and in order when rows come between counting and reading: nothing is left out in its middle', () => {
    fc.assert(
      fc.property(someRows, someRows, wantedPage, (rows, later, wanted) => {
        const known = new Set(rows.map((row) => `${row.class} ${row.asset} ${row.id}`));
        const all = [...rows, ...later.filter((row) => !known.has(`${row.class} ${row.asset} ${row.id}`))];
        const { page } = pageOf(all, countsOf(rows), wanted);
        const sorted = all.toSorted(compareRows);
        const [first] = page;
        const start = first ? sorted.indexOf(first) : 0;
        const within = new Set(planPage(countsOf(rows), wanted).span?.streams.map((one) => JSON.stringify(one)));
        const expected = sorted
          .slice(start)
          .filter((row) => within.has(JSON.stringify({ class: row.class, asset: row.asset })))
          .slice(0, page.length);
        expect(page).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('is empty beyond the last row', () => {
    const rows = [rowOf({ class: 'FLOW', asset: 'TWD' }, FIRST_ID)];
    expect(planPage(countsOf(rows), { pageSize: 10, pageNum: 2 })).toEqual({ totalRows: 1 });
    expect(planPage(countsOf([]), { pageSize: 10, pageNum: 1 })).toEqual({ totalRows: 0 });
  });
});
