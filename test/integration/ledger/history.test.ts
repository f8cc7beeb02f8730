import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { WalletStatus } from '../../../shared/contracts/enums.ts';
import { historyQuery } from '../../../shared/contracts/endpoints/wallet/history-query.ts';
import { compareRows } from '../../../shared/ledger/history/page.ts';
import { readIndex, readPage } from '../../../shared/ledger/history/read-page.ts';
import { addRow, changeRow, type HistoryRow } from '../../../shared/ledger/history/row.ts';
import { selectionOf } from '../../../shared/ledger/history/selection.ts';
import { HOUR, MINUTE } from '../../../shared/platform/clock.ts';
import { createCommit } from '../../../shared/platform/commit.ts';
import { systemRandom } from '../../../shared/platform/random.ts';
import { createTable, type Table } from '../../../shared/platform/table.ts';
import { type Engine, startEngine, testTable } from '../../support/engine.ts';
import { idAt, rowOf, storeRows } from '../../support/history.ts';

const TABLE = testTable('ledger');

/** Ten at night in Taipei, an evening before a month ends. */
const START = Date.UTC(2026, 2, 30, 14);

const FLOW_USDT = { class: 'FLOW', asset: 'USDT' } as const;
const TRADE_USDT = { class: 'TRADE', asset: 'USDT' } as const;
const FLOW_TWD = { class: 'FLOW', asset: 'TWD' } as const;

const newUser = (): string => randomUUID().replaceAll('-', '');

const idsOf = (rows: readonly Pick<HistoryRow, 'id'>[]): readonly number[] => rows.map(({ id }) => id);

describe('the history', () => {
  let engine: Engine;
  let table: Table;

  beforeAll(async () => {
    engine = await startEngine();
    table = createTable(engine.client, TABLE);
  });
  afterAll(async () => {
    await engine.stop();
  });

  const ask = async (userId: string, asked: Readonly<Record<string, string>>, from: Table = table) => {
    const selection = selectionOf(historyQuery.parse(asked));
    return readPage(from, userId, selection, await readIndex(from, userId, selection));
  };

  it('counts a row in the transaction that adds it, and adds none twice', async () => {
    const userId = newUser();
    const commit = createCommit(engine.client, systemRandom);
    const row = rowOf(userId, FLOW_USDT, idAt(START), { counterparty: 'somebody' });
    const writes = [...addRow(table, row), ...addRow(table, rowOf(userId, TRADE_USDT, idAt(START)))];
    expect(await commit(writes)).toMatchObject({ committed: true });
    expect(await commit(writes)).toMatchObject({ committed: false });
    expect(await ask(userId, {})).toMatchObject({
      totalRows: 2,
      rows: [{ class: 'FLOW', counterparty: 'somebody' }, {}],
    });
    await commit([changeRow(table, row, { status: WalletStatus.EXPIRED, updatedAt: START + 5 })]);
    const { rows } = await ask(userId, { isTxn: 'false' });
    expect(rows).toMatchObject([{ status: WalletStatus.EXPIRED, updatedAt: START + 5, amount: 1_500_000n }]);
    const missing = { ...row, id: idAt(START, 1) };
    expect(await commit([changeRow(table, missing, row)])).toMatchObject({ committed: false });
  });

  it('refuses a row whose time its id does not say, since it would not be found by it', () => {
    const row = rowOf(newUser(), FLOW_USDT, idAt(START));
    expect(() => addRow(table, { ...row, at: START + 1 })).toThrow(RangeError);
  });

  it('shows pages of what is asked for: class, currencies, days of Taipei, records', async () => {
    const userId = newUser();
    const evening = Array.from({ length: 7 }, (_, index) => rowOf(userId, FLOW_USDT, idAt(START + index * MINUTE)));
    // Ten past midnight of the 31st in Taipei.
    const next = [FLOW_TWD, TRADE_USDT].map((stream) => rowOf(userId, stream, idAt(START + 2 * HOUR + 10 * MINUTE)));
    const april = [rowOf(userId, FLOW_TWD, idAt(START + 26 * HOUR))];
    const all = [...evening, ...next, ...april].toSorted(compareRows);
    await storeRows(engine.client, TABLE, all);
    const expected = async (asked: Readonly<Record<string, string>>, rows: readonly HistoryRow[]) => {
      const page = await ask(userId, asked);
      expect([page.totalRows, idsOf(page.rows)]).toEqual([rows.length, idsOf(rows)]);
    };
    await expected({}, all);
    await expected(
      { isTxn: 'true' },
      [next[1]].flatMap((row) => row ?? []),
    );
    await expected(
      { query: 'TWD-1' },
      all.filter(({ asset }) => asset === 'TWD'),
    );
    await expected(
      { query: 'USDT-2,TWD-1', isTxn: 'false' },
      all.filter((row) => row.class === 'FLOW'),
    );
    await expected({ endDate: '2026-03-30' }, evening.toReversed());
    await expected(
      { startDate: '2026-03-31', endDate: '2026-03-31' },
      all.filter((row) => next.includes(row)),
    );
    await expected({ startDate: '2026-04-01' }, april);
    await expected({ startDate: '2027-01-01' }, []);
    // Before the first day that there can be rows of, and after the last.
    await expected({ endDate: '2024-12-31' }, []);
    await expected({ startDate: '2100-01-01' }, []);
    await expected({ endDate: '2024-12-31', pageNum: '2' }, []);
    const [id, other] = [String(evening[2]?.id), String(next[0]?.id)];
    await expected(
      { auditIds: `${id},${other},${id},7` },
      all.filter((row) => [id, other].includes(String(row.id))),
    );
    await expected(
      { auditIds: `${id},${other}`, isTxn: 'true' },
      all.filter((row) => row === next[1]),
    );
    await expected({ auditIds: id, startDate: '2026-03-31' }, []);
    expect(await ask(newUser(), { auditIds: id })).toEqual({ totalRows: 0, rows: [] });
    expect(idsOf((await ask(userId, { pageSize: '4', pageNum: '3' })).rows)).toEqual(idsOf(all.slice(8)));
    expect(await ask(userId, { pageNum: '2' })).toEqual({ totalRows: 10, rows: [] });
  });
});
