import { describe, expect, it } from '@jest/globals';
import { ENUMS } from '../../shared/contracts/enums.ts';

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** Every number as the reference and the API specification print them. */
const SPECIFIED: Readonly<Record<keyof typeof ENUMS, readonly number[]>> = {
  BtseStatus: [1, 2, 4, 5, 6, 8, 9, 10, 12, 15, 16, 27, 28, 41, 64, 101, 1003, 1004],
  OperationCode: [...range(1000, 1031), 2000, 2001, ...range(3000, 3011), 9999],
  UserStatus: [1, 3, 4, 5, 6, 7, 8],
  KycStatus: [1, 2, 3, 4],
  ImageStatus: [1, 2, 3, 4],
  KycImageType: [1, 2, 3, 4, 5, 6],
  WalletStatus: [...range(1, 7), 10, 11, ...range(13, 25)],
  WalletRecordType: [1, 2, 3, 4, 5, 6, 7],
  InOutType: [1, 2],
  CurrencyType: [1, 2, 3],
  QuoteStatus: [30001, 30007, 30008],
};

describe('the enums', () => {
  it.each(Object.entries(SPECIFIED))('have every number of %s, each under one name', (name, numbers) => {
    const values = new Map<string, Readonly<Record<string, number>>>(Object.entries(ENUMS)).get(name);
    expect(Object.values(values ?? {}).toSorted((a, b) => a - b)).toEqual(numbers);
  });

  it('name them as the reference does where it names them', () => {
    expect(ENUMS.BtseStatus).toMatchObject({
      MARKET_UNAVAILABLE: 1,
      ORDER_INSERTED: 2,
      ORDER_FULLY_TRANSACTED: 4,
      ORDER_PARTIALLY_TRANSACTED: 5,
      ORDER_CANCELLED: 6,
      INSUFFICIENT_BALANCE: 8,
      TRIGGER_INSERTED: 9,
      TRIGGER_ACTIVATED: 10,
      ERROR_UPDATE_RISK_LIMIT: 12,
      ORDER_REJECTED: 15,
      ORDER_NOTFOUND: 16,
      TRANSFER_SUCCESSFUL: 27,
      TRANSFER_UNSUCCESSFUL: 28,
      ERROR_INVALID_RISK_LIMIT: 41,
      STATUS_LIQUIDATION: 64,
      FUTURES_ORDER_PRICE_OUTSIDE_LIQUIDATION_PRICE: 101,
      ORDER_LIQUIDATION: 1003,
      ORDER_ADL: 1004,
    });
    expect(ENUMS.UserStatus).toEqual({
      NORMAL: 1,
      BLOCKED: 3,
      NOT_ACTIVATED: 4,
      DELETED: 5,
      SUSPENDED: 6,
      LOCKED: 7,
      NOT_TRADABLE: 8,
    });
  });
});
