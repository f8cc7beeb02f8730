import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { HOUR } from '../../../../shared/platform/clock.ts';
import { InOutType, WalletRecordType, WalletStatus } from '../../../../shared/contracts/enums.ts';
import { ASSET_NAMES } from '../../../../shared/ledger/account.ts';
import type { StreamCounts } from '../../../../shared/ledger/history/count-index.ts';
import { hourOf } from '../../../../shared/ledger/history/hours.ts';
import { secondOf } from '../../../../shared/ledger/history/second-index.ts';
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

/** Some hours, in few seconds of each, over the end of a month in Taipei. */
const someRow = fc
  .record({
    stream: fc.constantFrom(...STREAMS),
    hour: fc.integer({ min: 0, max: 5 }),
    ms: fc.integer({ min: 0, max: 6_000 }),
    bits: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ stream, hour, ms, bits }) => rowOf(stream, FIRST_ID + (hour * HOUR + ms) * 8192 + bits));

const someRows = fc.uniqueArray(someRow, {
  maxLength: 120,
  selector: (row) => `${row.class} ${row.asset} ${row.id}`,
});

/** What of the index was read: seconds of the newest hours, of all, or of none. */
type Known = (hour: number) => boolean;

const ALL: Known = () => true;
const NONE: Known = () => false;

const some = fc.constantFrom(0, 1, 2, 3, 6).map(
  (hours): Known =>
    (hour) =>
      hour > hourOf(START) + 5 - hours,
);

const add = (counts: Map<number, number>, key: number): void => void counts.set(key, (counts.get(key) ?? 0) + 1);

const countsOf = (rows: readonly StoredRow[], isKnown: Known): readonly StreamCounts[] =>
  STREAMS.map((stream) => {
    const [hours, seconds] = [new Map<number, number>(), new Map<number, Map<number, number>>()];
    for (const { class: kind, asset, at } of rows) {
      if (kind !== stream.class || asset !== stream.asset) continue;
      const hour = hourOf(at);
      add(hours, hour);
      if (!isKnown(hour)) continue;
      const ofHour = seconds.get(hour) ?? new Map<number, number>();
      seconds.set(hour, ofHour);
      add(ofHour, secondOf(at));
    }
    const counted = [...hours].map(([hour, number]) => [hour, { rows: number, bySecond: number }] as const);
    return { stream, hours: new Map(counted), seconds };
  });

/** What the table gives for a page, and the page. */
const pageOf = (rows: readonly StoredRow[], counts: readonly StreamCounts[], wanted: PageWanted) => {
  const { totalRows, span } = planPage(counts, wanted);
  if (!span) return { totalRows, read: [], page: [] };
  const { from, to } = span;
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
  it('is what cutting the whole sorted history gives, and the total is exact, whatever seconds are known', () => {
    fc.assert(
      fc.property(someRows, some, wantedPage, (rows, known, wanted) => {
        const start = (wanted.pageNum - 1) * wanted.pageSize;
        const expected = rows.toSorted(compareRows).slice(start, start + wanted.pageSize);
        const { totalRows, page } = pageOf(rows, countsOf(rows, known), wanted);
        expect(page).toEqual(expected);
        expect(totalRows).toBe(rows.length);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['seconds', ALL, secondOf],
    ['hours, where no seconds are known,', NONE, hourOf],
  ])('reads no more than itself and the rest of the %s at its edges, from streams that have rows', (_, known, of) => {
    fc.assert(
      fc.property(someRows, wantedPage, (rows, wanted) => {
        const counts = countsOf(rows, known);
        const { read, page } = pageOf(rows, counts, wanted);
        // With nothing before it, what has come since the counts were read is shown.
        const [first, last] = [page[0], page.at(-1)].map((row) => of(row?.at ?? 0));
        const shown = new Set(page);
        expect(read.filter((row) => !shown.has(row) && of(row.at) !== first && of(row.at) !== last)).toEqual([]);
        const { span } = planPage(counts, wanted);
        expect(span?.streams.length ?? 0).toBeLessThanOrEqual(read.length);
      }),
      { numRuns: 500 },
    );
  });

  it('goes by hours where an hour has rows that are not counted by the second', () => {
    fc.assert(
      fc.property(someRows, someRows, wantedPage, (older, newer, wanted) => {
        const known = new Set(older.map((row) => `${row.class} ${row.asset} ${row.id}`));
        const rows = [...older, ...newer.filter((row) => !known.has(`${row.class} ${row.asset} ${row.id}`))];
        const seconds = countsOf(newer, ALL);
        const counts = countsOf(rows, NONE).map(({ stream, hours }, index) => ({
          stream,
          hours,
          seconds: seconds[index]?.seconds ?? new Map<number, never>(),
        }));
        const start = (wanted.pageNum - 1) * wanted.pageSize;
        expect(pageOf(rows, counts, wanted).page).toEqual(
          rows.toSorted(compareRows).slice(start, start + wanted.pageSize),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('stays whole and in order when rows come between counting and reading: nothing is left out in its middle', () => {
    fc.assert(
      fc.property(someRows, someRows, some, wantedPage, (rows, later, isRead, wanted) => {
        const known = new Set(rows.map((row) => `${row.class} ${row.asset} ${row.id}`));
        const all = [...rows, ...later.filter((row) => !known.has(`${row.class} ${row.asset} ${row.id}`))];
        const counts = countsOf(rows, isRead);
        const { page } = pageOf(all, counts, wanted);
        const sorted = all.toSorted(compareRows);
        const [first] = page;
        const start = first ? sorted.indexOf(first) : 0;
        const within = new Set(planPage(counts, wanted).span?.streams.map((one) => JSON.stringify(one)));
        const expected = sorted
          .slice(start)
          .filter((row) => within.has(JSON.stringify({ class: row.class, asset: row.asset })))
          .slice(0, page.length);
        expect(page).toEqual(expected);
      }),
    );
  });

  it('asks for the seconds of the hour that it begins in, where they spare many rows', () => {
    const rows = Array.from({ length: 300 }, (_, index) =>
      rowOf({ class: 'FLOW', asset: 'TWD' }, FIRST_ID + index * 1000 * 8192),
    );
    const unreadAt = (pageNum: number, known: Known, older = 0) =>
      planPage(
        countsOf(rows, known).map(({ stream, hours, seconds }) => ({
          stream,
          seconds,
          hours: new Map(
            [...hours].map(([hour, { rows: number }]) => [hour, { rows: number, bySecond: number - older }]),
          ),
        })),
        { pageSize: 10, pageNum },
      ).unread;
    expect([unreadAt(21, NONE), unreadAt(22, NONE)]).toEqual([undefined, hourOf(START)]);
    expect(unreadAt(22, ALL)).toBeUndefined();
    expect(unreadAt(22, NONE, 1)).toBeUndefined();
  });

  it('is empty beyond the last row', () => {
    const rows = [rowOf({ class: 'FLOW', asset: 'TWD' }, FIRST_ID)];
    expect(planPage(countsOf(rows, ALL), { pageSize: 10, pageNum: 2 })).toEqual({ totalRows: 1 });
    expect(planPage(countsOf([], ALL), { pageSize: 10, pageNum: 1 })).toEqual({ totalRows: 0 });
  });
});
