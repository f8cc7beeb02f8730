import { describe, expect, it } from '@jest/globals';
import { keptOf, spreadOf } from '../../../../shared/ledger/conversion/conversion.ts';
import { FRESH, pricesAt } from '../../../../shared/ledger/conversion/prices.ts';
import {
  ceiling,
  decimalOf,
  floor,
  minus,
  over,
  parseRatio,
  plus,
  times,
  whole,
} from '../../../../shared/ledger/conversion/ratio.ts';
import { conversionRows } from '../../../../shared/ledger/conversion/rows.ts';
import { valueIn } from '../../../../shared/ledger/conversion/valuation.ts';

const NOW = 1_800_000_000_000;
const quoted = (base: 'BTC' | 'ETH' | 'USDT', lastPrice: string, age = 0) => ({
  base,
  lastPrice,
  updatedAt: NOW - age,
});

describe('ratios', () => {
  it('are read and written digit by digit', () => {
    expect(decimalOf(parseRatio('2750000.12345678'), 8)).toBe('2750000.12345678');
    expect(decimalOf(parseRatio('31.80'), 8)).toBe('31.8');
    expect(decimalOf(parseRatio('0'), 8)).toBe('0');
    expect(decimalOf({ numerator: 1n, denominator: 3n }, 4)).toBe('0.3333');
    expect(() => parseRatio('1e3')).toThrow(RangeError);
    expect(() => parseRatio('-1')).toThrow(RangeError);
  });

  it('are calculated exactly, and rounded only where it is said', () => {
    const third = over(whole(1n), whole(3n));
    const sum = plus(plus(third, third), third);
    expect([floor(sum), ceiling(sum)]).toEqual([1n, 1n]);
    expect([floor(third), ceiling(third)]).toEqual([0n, 1n]);
    expect(floor(minus(times(third, whole(9n)), whole(3n)))).toBe(0n);
    expect(() => minus(third, whole(1n))).toThrow(RangeError);
    expect(() => over(third, whole(0n))).toThrow(RangeError);
  });
});

describe('prices', () => {
  it('are good for two minutes, and TWD has always its own', () => {
    const priceOf = pricesAt([quoted('BTC', '2750000', FRESH), quoted('ETH', '90000', FRESH + 1)], NOW);
    expect(priceOf('BTC')).toEqual({ numerator: 2_750_000n, denominator: 1n });
    expect(priceOf('ETH')).toBeUndefined();
    expect(priceOf('USDT')).toBeUndefined();
    expect(priceOf('TWD')).toEqual({ numerator: 1n, denominator: 1n });
  });

  it('are none from the future, but for what clocks differ', () => {
    const priceOf = pricesAt([quoted('BTC', '2750000', -1000), quoted('ETH', '90000', -FRESH - 1)], NOW);
    expect(priceOf('BTC')).toBeDefined();
    expect(priceOf('ETH')).toBeUndefined();
  });

  it('of zero are none', () => {
    expect(pricesAt([quoted('BTC', '0.00000000')], NOW)('BTC')).toBeUndefined();
  });
});

describe('a valuation', () => {
  const priceOf = pricesAt([quoted('BTC', '3000000'), quoted('USDT', '30')], NOW);

  it('sums exactly and rounds down once', () => {
    const holdings = [
      { asset: 'BTC' as const, amount: 1n },
      { asset: 'USDT' as const, amount: 333n },
      { asset: 'TWD' as const, amount: 5n },
    ];
    // 3 units of TWD, 0.999 of one, and 5
    expect(valueIn('TWD', holdings, priceOf)).toEqual({ known: true, value: 8n });
    expect(valueIn('USDT', [{ asset: 'BTC', amount: 100_000_000n }], priceOf)).toEqual({
      known: true,
      value: 100_000_000_000n,
    });
  });

  it('needs a price only of what is held', () => {
    expect(valueIn('TWD', [{ asset: 'ETH', amount: 0n }], priceOf)).toEqual({ known: true, value: 0n });
    expect(valueIn('ETH', [{ asset: 'ETH', amount: 7n }], priceOf)).toEqual({ known: true, value: 7n });
    expect(valueIn('TWD', [{ asset: 'ETH', amount: 1n }], priceOf)).toEqual({ known: false, unpriced: 'ETH' });
    expect(valueIn('ETH', [{ asset: 'TWD', amount: 1n }], priceOf)).toEqual({ known: false, unpriced: 'ETH' });
  });
});

describe('the rows of a conversion', () => {
  const [btc, eth, twd] = [
    { asset: 'BTC' as const, price: parseRatio('2000000') },
    { asset: 'ETH' as const, price: parseRatio('100000.00000001') },
    { asset: 'TWD' as const, price: parseRatio('1') },
  ];
  const spread = spreadOf('0.123456');
  const conversion = { paid: 100_000_000n, received: 500n, spread: 1n };

  it('are one against TWD, at the price with the spread', () => {
    const sold = { ...conversion, from: 'BTC' as const, to: 'TWD' as const };
    expect(conversionRows('u', { from: btc, to: twd, spread }, sold)).toMatchObject([
      {
        class: 'TRADE',
        type: 4,
        inOutType: 1,
        asset: 'BTC',
        amount: 100_000_000n,
        unitPrice: '1997530.88',
        totalPrice: '5',
      },
    ]);
    const bought = { ...conversion, from: 'TWD' as const, to: 'ETH' as const };
    expect(conversionRows('u', { from: twd, to: eth, spread }, bought)).toMatchObject([
      {
        type: 3,
        inOutType: 1,
        asset: 'ETH',
        amount: 500n,
        unitPrice: '100123.4560000100123456',
        totalPrice: '1000000',
      },
    ]);
  });

  it('are a sell with the spread and a buy without it through TWD', () => {
    const both = { ...conversion, from: 'BTC' as const, to: 'ETH' as const };
    expect(conversionRows('u', { from: btc, to: eth, spread }, both)).toMatchObject([
      { type: 4, asset: 'BTC', amount: 100_000_000n, unitPrice: '1997530.88', totalPrice: '1997530.88' },
      { type: 3, asset: 'ETH', amount: 500n, unitPrice: '100000.00000001', totalPrice: '1997530.88' },
    ]);
  });

  it('have spreads up to all but a millionth of a percent', () => {
    expect(decimalOf(keptOf({ from: btc, spread: spreadOf('99.999999') }), 16)).toBe('0.00000001');
  });
});
