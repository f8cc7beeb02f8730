import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { QUOTE_ASSET } from '../../../../shared/contracts/assets.ts';
import {
  conversionLegs,
  convertPaid,
  convertReceived,
  type Priced,
  spreadOf,
} from '../../../../shared/ledger/conversion/conversion.ts';
import { parseRatio } from '../../../../shared/ledger/conversion/ratio.ts';
import { imbalance } from '../../../../shared/ledger/journal.ts';
import { amount, type DrawnRate, drawnRate, reversed, SCALE, unitsIn } from './arbitraries.ts';

const RUNS = { numRuns: 2000 };

/** What of a value is left, as numerator and denominator: for TWD 1 ÷ (1 + s), for all else 1 − s. */
const kept = ({ rate, spread }: DrawnRate): readonly [bigint, bigint] =>
  rate.from.asset === QUOTE_ASSET ? [SCALE, SCALE + spread] : [SCALE - spread, SCALE];

/** The exact number of units that units bring, written out in whole numbers: numerator and denominator. */
const exactly = (drawn: DrawnRate, paid: bigint): readonly [bigint, bigint] => {
  const { rate, fromPrice, toPrice } = drawn;
  const [left, of] = kept(drawn);
  return [paid * fromPrice * left * unitsIn(rate.to.asset), toPrice * of * unitsIn(rate.from.asset)];
};

/** The exact value in units of TWD, likewise. */
const valueOf = ({ asset }: Priced, price: bigint, units: bigint): readonly [bigint, bigint] => [
  units * price * unitsIn(QUOTE_ASSET),
  SCALE * unitsIn(asset),
];

describe('a conversion', () => {
  const usdt: Priced = { asset: 'USDT', price: parseRatio('32.1') };
  const twd: Priced = { asset: 'TWD', price: parseRatio('1') };
  const btc: Priced = { asset: 'BTC', price: parseRatio('2750000.12345678') };
  const spread = spreadOf('0.1');

  it('sells at the price less the spread, and buys at the price plus the spread', () => {
    // 100 × 32.1 × 0.999 = 3206.79
    expect(convertPaid({ from: usdt, to: twd, spread }, 100_000_000n)).toEqual({
      from: 'USDT',
      to: 'TWD',
      paid: 100_000_000n,
      received: 320_679n,
      spread: 321n,
    });
    // 3213.21 ÷ (32.1 × 1.001) = 100
    expect(convertPaid({ from: twd, to: usdt, spread }, 321_321n)).toMatchObject({
      received: 100_000_000n,
      spread: 321n,
    });
    expect(convertReceived({ from: twd, to: usdt, spread }, 100_000_000n)).toMatchObject({ paid: 321_321n });
    expect(convertReceived({ from: usdt, to: twd, spread }, 320_679n)).toMatchObject({ paid: 100_000_000n });
  });

  it('takes the spread once on the way through TWD', () => {
    // 10,000 × 32.1 × 0.999 ÷ 2,750,000.12345678 = 0.11661050…
    expect(convertPaid({ from: usdt, to: btc, spread }, 10_000_000_000n)).toMatchObject({
      received: 11_661_054n,
      spread: 32_100n,
    });
  });

  it('of too little brings nothing, which callers refuse', () => {
    expect(convertPaid({ from: usdt, to: twd, spread }, 1n).received).toBe(0n);
    expect(convertReceived({ from: twd, to: usdt, spread }, 1n).paid).toBe(1n);
  });

  it('of a given amount brings the exact value, less under one unit', () => {
    fc.assert(
      fc.property(drawnRate, amount, (drawn, paid) => {
        const { received } = convertPaid(drawn.rate, paid);
        const [numerator, denominator] = exactly(drawn, paid);
        expect(received * denominator <= numerator).toBe(true);
        expect(numerator < (received + 1n) * denominator).toBe(true);
      }),
      RUNS,
    );
  });

  it('to a wanted amount costs the exact value, and under one unit more', () => {
    fc.assert(
      fc.property(drawnRate, amount, (drawn, received) => {
        const { paid } = convertReceived(drawn.rate, received);
        // What is paid is enough, and a unit less is not.
        const [numerator, denominator] = exactly(drawn, paid);
        expect(numerator >= received * denominator).toBe(true);
        const [less, of] = exactly(drawn, paid - 1n);
        expect(less < received * of).toBe(true);
      }),
      RUNS,
    );
  });

  it('books the spread in TWD less under one unit, and never at a loss of clearing at the price', () => {
    fc.assert(
      fc.property(drawnRate, amount, fc.boolean(), (drawn, units, given) => {
        const { rate, fromPrice, toPrice } = drawn;
        const made = given ? convertPaid(rate, units) : convertReceived(rate, units);
        const [value, of] = valueOf(rate.from, fromPrice, made.paid);
        const [left, whole] = kept(drawn);
        expect(made.spread * of * whole <= value * (whole - left)).toBe(true);
        expect(value * (whole - left) < (made.spread + 1n) * of * whole).toBe(true);
        // paid in value − received in value − spread ≥ 0
        const [bought, per] = valueOf(rate.to, toPrice, made.received);
        expect(value * per >= bought * of + made.spread * of * per).toBe(true);
      }),
      RUNS,
    );
  });

  it('is balanced in every asset', () => {
    fc.assert(
      fc.property(drawnRate, amount, fc.boolean(), ({ rate }, units, given) => {
        const made = given ? convertPaid(rate, units) : convertReceived(rate, units);
        expect([...imbalance(conversionLegs('someone', made))]).toEqual([]);
      }),
      RUNS,
    );
  });

  it('there and back gives nobody more than there was', () => {
    fc.assert(
      fc.property(drawnRate, amount, fc.boolean(), ({ rate }, units, given) => {
        const there = given ? convertPaid(rate, units) : convertReceived(rate, units);
        expect(convertPaid(reversed(rate), there.received).received <= there.paid).toBe(true);
      }),
      RUNS,
    );
  });

  it('back to what was paid takes no less than what was received', () => {
    fc.assert(
      fc.property(drawnRate, amount, fc.boolean(), ({ rate }, units, given) => {
        const there = given ? convertPaid(rate, units) : convertReceived(rate, units);
        expect(convertReceived(reversed(rate), there.paid).paid >= there.received).toBe(true);
      }),
      RUNS,
    );
  });

  it('in parts brings no more than at once', () => {
    fc.assert(
      fc.property(drawnRate, amount, amount, ({ rate }, one, other) => {
        const parts = convertPaid(rate, one).received + convertPaid(rate, other).received;
        expect(parts <= convertPaid(rate, one + other).received).toBe(true);
      }),
      RUNS,
    );
  });
});
