import { describe, expect, it } from '@jest/globals';
import type { BaseAsset } from '../../../shared/contracts/assets.ts';
import { balance } from '../../../shared/contracts/endpoints/wallet/balance.ts';
import { viewOfBalances } from '../../../shared/ledger/balance-view.ts';
import type { Balance, Balances } from '../../../shared/ledger/balances.ts';

const NONE: Balance = { available: 0n, frozen: 0n };
const NOTHING: Balances = { TWD: NONE, USDT: NONE, BTC: NONE, ETH: NONE, USD: NONE };

const price = (base: BaseAsset, lastPrice: string) => ({ base, lastPrice });

const shown = (...given: Parameters<typeof viewOfBalances>): unknown =>
  JSON.parse(JSON.stringify(balance.data.parse(viewOfBalances(...given))));

describe('balances', () => {
  it('are valued exactly and rounded down once, over all', () => {
    const balances = {
      ...NOTHING,
      TWD: { available: 100_050n, frozen: 0n },
      USDT: { available: 90_000_001n, frozen: 10_000_000n },
      BTC: { available: 1n, frozen: 0n },
    };
    const tickers = [price('USDT', '31.9999999'), price('BTC', '1999999.99999999')];
    const view = viewOfBalances(balances, tickers, 'TWD');
    // 1000.5 + 100.000001 × 31.9999999 + 0.00000001 × 1999999.99999999 = 4200.5200219…
    expect(JSON.stringify(view.total)).toBe('4200.52');
    expect(JSON.stringify(view.balance)).toContain(
      '{"currency":"USDT","total":100.000001,"available":90.000001,"frozen":10,"convertRate":31.9999999,"type":3}',
    );
  });

  it('keep every digit of what no double holds', () => {
    const balances = { ...NOTHING, ETH: { available: 12_345_678_901_234_567_890_123_456_789n, frozen: 0n } };
    expect(JSON.stringify(viewOfBalances(balances, [], 'ETH'))).toContain('"total":123456789012345678901.23456789');
  });

  it('are valued in another currency through TWD, with rates cut after 18 digits', () => {
    const balances = { ...NOTHING, TWD: { available: 10_000n, frozen: 0n }, USD: { available: 100n, frozen: 0n } };
    const view = shown(balances, [price('USDT', '30'), price('USD', '31')], 'USDT');
    expect(view).toMatchObject({ total: 4.366666 });
    expect(JSON.stringify(viewOfBalances(balances, [price('USDT', '30')], 'USDT'))).toContain(
      '"convertRate":0.033333333333333333,',
    );
  });

  it('have no rate where no price is known, and no total where that leaves something out', () => {
    const balances = { ...NOTHING, USDT: { available: 0n, frozen: 1n } };
    expect(shown(balances, [], 'TWD')).toMatchObject({
      total: null,
      balance: [{ convertRate: 1 }, { currency: 'USDT', convertRate: null, frozen: 0.000001 }, {}, {}, {}],
    });
    expect(shown(balances, [], 'USDT')).toMatchObject({ total: 0.000001 });
    expect(shown(NOTHING, [], 'BTC')).toMatchObject({ total: 0, balance: [{ convertRate: null }, {}, {}, {}, {}] });
  });
});
