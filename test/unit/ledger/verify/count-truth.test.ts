import { describe, expect, it } from '@jest/globals';
import { countKey } from '../../../../shared/ledger/history/count-index.ts';
import { hourOf, hourOfMonth } from '../../../../shared/ledger/history/hours.ts';
import { rowKey } from '../../../../shared/ledger/history/row.ts';
import { proveCount } from '../../../../shared/ledger/verify/count-truth.ts';
import type { Verifying } from '../../../../shared/ledger/verify/lookup.ts';
import { HOUR } from '../../../../shared/platform/clock.ts';
import type { QuerySpec } from '../../../../shared/platform/table.ts';
import { testClock } from '../../../support/test-platform.ts';

const USER = 'a'.repeat(32);
const STREAM = { class: 'TRADE', asset: 'BTC' } as const;
const AT = 492_000 * HOUR;
const PLACE = { ...STREAM, hour: hourOf(AT) };

/** An hour with so many rows, of which `more` come at each look, and as many are counted but for `uncounted`. */
const hourWith = (rows: number, { more = 0, uncounted = 0 } = {}) => {
  let present = rows;
  const looks = { rows: 0 };
  const refuse = () => Promise.reject(new Error('Nothing else is read.'));
  const get = () => {
    const item = { ...countKey(USER, STREAM, PLACE.hour), [`h${hourOfMonth(PLACE.hour)}`]: present - uncounted };
    return Promise.resolve(item);
  };
  const query = ({ sortPrefix, limit }: QuerySpec) => {
    if (!sortPrefix.startsWith('ROW#')) return Promise.resolve([]);
    looks.rows += 1;
    const items = Array.from({ length: Math.min(present, limit) }, (_, id) => ({
      ...rowKey({ userId: USER, ...STREAM, id, at: AT }),
    }));
    present += more;
    return Promise.resolve(items);
  };
  const verifying: Verifying = {
    clock: testClock(),
    random: { int: () => 0, bytes: (count) => Buffer.alloc(count) },
    tables: { ledger: { get, query, scan: refuse, batchGet: refuse } },
  };
  return { prove: () => proveCount(verifying, USER, PLACE), looks };
};

describe('the proof of an hour of a history', () => {
  it('finds what is not counted, however many rows it takes to see it', async () => {
    expect(await hourWith(6_000).prove()).toEqual([]);
    expect(await hourWith(6_000, { uncounted: 1 }).prove()).toMatchObject([{ kind: 'count-differs' }]);
  });

  it('waits for a quiet moment of an hour with few rows', async () => {
    const { prove, looks } = hourWith(10, { more: 1 });
    expect(await prove()).toBeUndefined();
    expect(looks.rows).toBeGreaterThan(4);
  });

  it('is put off after one look where many rows are becoming more, or there are more than can be read', async () => {
    for (const { prove, looks } of [hourWith(6_000, { more: 1 }), hourWith(30_001)]) {
      expect(await prove()).toBeUndefined();
      expect(looks.rows).toBe(1);
    }
  });
});
