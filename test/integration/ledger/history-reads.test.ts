import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { randomUUID } from 'node:crypto';
import { historyQuery } from '../../../shared/contracts/endpoints/wallet/history-query.ts';
import { compareRows } from '../../../shared/ledger/history/page.ts';
import { readIndex, readPage } from '../../../shared/ledger/history/read-page.ts';
import type { HistoryRow } from '../../../shared/ledger/history/row.ts';
import { secondKey } from '../../../shared/ledger/history/second-index.ts';
import { selectionOf } from '../../../shared/ledger/history/selection.ts';
import type { Stream } from '../../../shared/ledger/history/stream.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/platform/clock.ts';
import { createTable } from '../../../shared/platform/table.ts';
import { delayCalls, recordCalls, sequentialCalls } from '../../support/call-log.ts';
import { documentClientFor } from '../../support/document-client.ts';
import { type Engine, startEngine, testTable } from '../../support/engine.ts';
import { sized } from '../../support/ledger-run/soak.ts';
import { countReads, idAt, rowOf, storeRows } from '../../support/history.ts';

const TABLE = testTable('ledger');

/** Ten at night in Taipei, two evenings before a month ends. */
const START = Date.UTC(2026, 2, 30, 14);

const FLOW_USDT = { class: 'FLOW', asset: 'USDT' } as const;
const STREAMS: readonly Stream[] = [FLOW_USDT, { class: 'TRADE', asset: 'USDT' }, { class: 'FLOW', asset: 'TWD' }];

/** The pages of 10,000 rows of one hour are read in every run, and those of other histories in a long one. */
const MOST = 10_000;
const FEWER = sized(1_200, MOST);

/** Rows of one second, as many as a user can make by the limits of requests. */
const OF_SECOND = 75;

interface Spread {
  readonly rows: number;
  readonly streams?: readonly Stream[];
  /** When a row is, of so many; several can be of one moment. */
  readonly at: (index: number) => number;
}

/** Spread evenly over a time that begins so. */
const evenly =
  (start: number, length: number, rows: number) =>
  (index: number): number =>
    start + Math.floor(((index % rows) * length) / rows);

describe('what a page of a long history reads', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await startEngine();
  });
  afterAll(() => engine.stop());

  /** A user with that many rows, and what asking for pages gives and takes. */
  const setUp = async ({ rows: length, streams = [FLOW_USDT], at }: Spread, counted = true) => {
    const userId = randomUUID().replaceAll('-', '');
    const rows = Array.from({ length }, (_, index) =>
      rowOf(userId, streams[index % streams.length] ?? FLOW_USDT, idAt(at(index), index % 8000)),
    );
    await storeRows(engine.client, TABLE, rows, counted);
    const sorted = rows.toSorted(compareRows);
    const ask = async (pageNum: number, asked: Readonly<Record<string, string>> = {}) => {
      const client = documentClientFor(engine.endpoint);
      const read = countReads(client);
      delayCalls(client, 30);
      const calls = recordCalls(client);
      const table = createTable(client, TABLE);
      const selection = selectionOf(historyQuery.parse({ ...asked, pageSize: '100', pageNum: String(pageNum) }));
      const page = await readPage(table, userId, selection, await readIndex(table, userId, selection));
      client.destroy();
      return { ...page, read, sequential: sequentialCalls(calls), calls: calls.length };
    };
    const expected = (pageNum: number, among: readonly HistoryRow[] = sorted): readonly number[] =>
      among.slice((pageNum - 1) * 100, pageNum * 100).map(({ id }) => id);
    return { userId, ask, expected, sorted };
  };

  const idsOf = (rows: readonly Pick<HistoryRow, 'id'>[]): readonly number[] => rows.map(({ id }) => id);

  it.each<readonly [string, Spread]>([
    ['in one hour, of three streams', { rows: MOST, streams: STREAMS, at: evenly(START, HOUR, MOST) }],
    ['in two busy hours', { rows: FEWER, at: (index) => evenly(START + (index % 2) * 40 * DAY, HOUR, FEWER)(index) }],
    ['in a day, of three streams', { rows: FEWER, streams: STREAMS, at: evenly(START, DAY, FEWER) }],
    [
      'as many a second as can be',
      { rows: FEWER, at: (index) => START + Math.floor(index / OF_SECOND) * SECOND + (index % 10) },
    ],
  ])('is that page and the rest of two seconds, in two round trips, of rows %s', async (_, spread) => {
    const { ask, expected } = await setUp(spread);
    const pages = spread.rows / 100;
    for (const pageNum of [pages, Math.ceil(pages / 2), 2, 1]) {
      const { totalRows, rows, read, sequential } = await ask(pageNum);
      expect([totalRows, idsOf(rows)]).toEqual([spread.rows, expected(pageNum)]);
      // Of the first page each stream is read up to a page, without a look at seconds.
      const most = pageNum === 1 ? 100 * (spread.streams ?? [FLOW_USDT]).length : 100 + 2 * (OF_SECOND - 1);
      expect(read.items).toBeLessThanOrEqual(most);
      expect(read.blocks).toBeLessThanOrEqual(pageNum === 1 ? 0 : 600 * STREAMS.length);
      expect(sequential).toBe(2);
    }
  });

  it('is that page and few rows of its hours, in two round trips, of rows over a year', async () => {
    const { ask, expected } = await setUp({ rows: FEWER, streams: STREAMS, at: evenly(START, 365 * DAY, FEWER) });
    for (const pageNum of [FEWER / 100, 3]) {
      const { totalRows, rows, read, sequential } = await ask(pageNum);
      expect([totalRows, idsOf(rows)]).toEqual([FEWER, expected(pageNum)]);
      expect(read.items).toBeLessThanOrEqual(100 + 10);
      // Of each stream 13 months.
      expect(read.counts).toBeLessThanOrEqual(3 * 13);
      expect(sequential).toBe(2);
    }
  });

  it('is the same of days and currencies that are asked for', async () => {
    const { ask, expected, sorted } = await setUp({
      rows: FEWER,
      streams: STREAMS,
      at: evenly(START + HOUR, 2 * HOUR, FEWER),
    });
    // It begins at eleven at night in Taipei, and so its first hour ends the day.
    const usdt = sorted.filter(({ asset, at }) => asset === 'USDT' && at < START + 2 * HOUR);
    const asked = { query: 'USDT-3', startDate: '2026-03-30', endDate: '2026-03-30' };
    const { totalRows, rows, read, sequential } = await ask(3, asked);
    expect([totalRows, idsOf(rows)]).toEqual([usdt.length, expected(3, usdt)]);
    expect(read.items).toBeLessThanOrEqual(100 + 10);
    expect(sequential).toBe(2);
    expect(await ask(2, { startDate: '2026-04-01' })).toMatchObject({ totalRows: 0, rows: [] });
  });

  it('takes a third round trip where the page begins within a busy hour behind more than 600 blocks', async () => {
    // After a busy hour, 700 blocks of ten minutes with a row each.
    const [quiet, busy] = [700, 600];
    const at = (index: number) =>
      index < quiet ? START + DAY + index * 10 * MINUTE : evenly(START, HOUR, busy)(index - quiet);
    const { ask, expected } = await setUp({ rows: quiet + busy, at });
    const { rows, read, sequential } = await ask(11);
    expect(idsOf(rows)).toEqual(expected(11));
    expect(read.items).toBeLessThanOrEqual(100 + 10);
    expect(read.blocks).toBe(600 + 6);
    expect(sequential).toBe(3);
    // Few rows of that hour are before page 9, and none before page 3.
    for (const pageNum of [9, 3]) {
      const early = await ask(pageNum);
      expect([idsOf(early.rows), early.sequential]).toEqual([expected(pageNum), 2]);
      expect(early.read.items).toBeLessThanOrEqual(100 + 200);
    }
  });

  it('is right of rows that came before seconds were counted, and reads what is newer in their hour', async () => {
    const { ask, expected } = await setUp({ rows: 1_000, at: evenly(START, HOUR, 1_000) }, false);
    const { totalRows, rows, read, sequential } = await ask(8);
    expect([totalRows, idsOf(rows)]).toEqual([1_000, expected(8)]);
    expect([read.items, read.blocks, sequential]).toEqual([800, 0, 2]);
  });

  it('is right where the counts of seconds are not those of the hour', async () => {
    const { userId, ask, expected } = await setUp({ rows: 1_000, at: evenly(START, HOUR, 1_000) });
    await engine.client.send(
      new UpdateCommand({
        TableName: TABLE,
        Key: { ...secondKey(userId, FLOW_USDT, START + 50 * MINUTE) },
        UpdateExpression: 'ADD s000 :some',
        ExpressionAttributeValues: { ':some': 700 },
      }),
    );
    const { totalRows, rows } = await ask(5);
    expect([totalRows, idsOf(rows)]).toEqual([1_000, expected(5)]);
  });
});
