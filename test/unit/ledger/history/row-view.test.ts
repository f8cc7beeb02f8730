import { describe, expect, it } from '@jest/globals';
import { historyList } from '../../../../shared/contracts/endpoints/wallet/history-list.ts';
import { InOutType, WalletRecordType, WalletStatus } from '../../../../shared/contracts/enums.ts';
import type { StoredRow } from '../../../../shared/ledger/history/row.ts';
import { viewOfRow } from '../../../../shared/ledger/history/row-view.ts';
import { timeOfRecord } from '../../../../shared/ledger/record-id.ts';

/** Half past midnight of the new year in Taipei. */
const AT = Date.UTC(2025, 11, 31, 16, 30);
const ID = (AT - Date.UTC(2025, 0, 1)) * 8192 + 5;

const SENT: StoredRow = {
  class: 'FLOW',
  asset: 'USDT',
  id: ID,
  at: timeOfRecord(ID),
  updatedAt: AT + 7,
  type: WalletRecordType.TRANSFER_OUT,
  inOutType: InOutType.OUT,
  amount: 12_500_000n,
  status: WalletStatus.PENDING,
  counterparty: 'chiakai5',
};

const shown = (row: StoredRow): unknown => {
  const view = { totalRows: 1, pageSize: 10, currentPage: 1, totalPages: 1, data: [viewOfRow(row)] };
  return JSON.parse(JSON.stringify(historyList.data.parse(view).data[0]));
};

describe('a row of the history', () => {
  it('has every field of the specification, null where there is nothing', () => {
    expect(shown(SENT)).toEqual({
      currencyType: 3,
      auditId: String(ID),
      amount: 12.5,
      clientAmount: 12.5,
      fee: 0,
      transactionRef: `20260101${ID}`,
      emailRef: null,
      receivedAmount: 12.5,
      type: 6,
      quoteOrderCurrency: null,
      quoteBaseCurrency: 'USDT',
      createTimestamp: AT,
      updateTimestamp: AT + 7,
      inOutType: 2,
      errCode: null,
      remarks: null,
      status: 17,
      bankRef: null,
      toReceiver: { name: 'chiakai5', address: null },
    });
  });

  it('says who sent what came in as a remark, since the API has no field for it', () => {
    const received = { ...SENT, type: WalletRecordType.TRANSFER_IN, inOutType: InOutType.IN };
    expect(shown(received)).toMatchObject({ remarks: 'chiakai5', inOutType: 1 });
    expect(shown(received)).not.toHaveProperty('toReceiver');
  });

  it('shows prices, fee and references where there are any', () => {
    const bought: StoredRow = {
      ...SENT,
      class: 'TRADE',
      asset: 'BTC',
      type: WalletRecordType.BUY,
      inOutType: InOutType.IN,
      amount: 1n,
      receivedAmount: 2n,
      fee: 3n,
      quoteOrderCurrency: 'TWD',
      quoteBaseCurrency: 'BTC',
      unitPrice: '2000000.123456789',
      totalPrice: '0.02',
      txHash: '0xabc',
      bankRef: 'B1',
      remarks: 'by hand',
    };
    const { data } = historyList.data.parse({
      totalRows: 1,
      pageSize: 10,
      currentPage: 1,
      totalPages: 1,
      data: [viewOfRow(bought)],
    });
    expect(JSON.stringify(data[0])).toMatch(
      /"amount":0\.00000001,.*"fee":0\.00000003,.*"receivedAmount":0\.00000002,.*"quoteOrderCurrency":"TWD"/,
    );
    expect(JSON.stringify(data[0])).toContain('"baseCurrencyUnitPrice":2000000.123456789');
    expect(shown(bought)).toMatchObject({ txHash: '0xabc', bankRef: 'B1', remarks: 'by hand', type: 3 });
  });
});
