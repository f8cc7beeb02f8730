import { describe, expect, it } from '@jest/globals';
import { historyQuery } from '../../../shared/contracts/endpoints/wallet/history-query.ts';

describe('the query of the history', () => {
  it.each([
    ['nothing', {}],
    ['currencies', { query: 'TWD-1,USDT-2,USDT-3,BTC-2,ETH-2,USD-1' }],
    ['one day', { startDate: '2026-02-28', endDate: '2026-02-28' }],
    ['ten records', { auditIds: Array.from({ length: 10 }, () => '267088110002953').join() }],
    ['a page', { pageSize: '100', pageNum: '7', isTxn: 'false' }],
  ])('takes %s', (_what, asked) => {
    expect(historyQuery.safeParse(asked).error).toBeUndefined();
  });

  it.each([
    ['a currency of another type', { query: 'TWD-2' }],
    ['an unknown currency', { query: 'TWD-1,DOGE-2' }],
    ['a currency without type', { query: 'TWD' }],
    ['an empty list', { query: '' }],
    ['a list that ends with a comma', { query: 'TWD-1,' }],
    ['a day that does not exist', { startDate: '2026-02-29' }],
    ['a date in another form', { startDate: '20260228' }],
    ['days the wrong way round', { startDate: '2026-03-01', endDate: '2026-02-28' }],
    ['eleven records', { auditIds: Array.from({ length: 11 }, (_, index) => index).join() }],
    ['a record that is no number', { auditIds: 'a1' }],
    ['a page of none', { pageSize: '0' }],
    ['a page of too many', { pageSize: '101' }],
    ['page zero', { pageNum: '0' }],
    ['another word for true', { isTxn: '1' }],
  ])('refuses %s', (_what, asked) => {
    expect(historyQuery.safeParse(asked).success).toBe(false);
  });

  it('means each currency and record once', () => {
    const asked = historyQuery.parse({ query: 'USDT-2,USDT-3,TWD-1', auditIds: '7,8,7' });
    expect([asked.query, asked.auditIds]).toEqual([
      ['USDT', 'TWD'],
      [7, 8],
    ]);
  });
});
