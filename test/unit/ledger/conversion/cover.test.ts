import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { AssetName } from '../../../../shared/contracts/assets.ts';
import { ASSET_NAMES } from '../../../../shared/ledger/account.ts';
import { convertPaid } from '../../../../shared/ledger/conversion/conversion.ts';
import { cover, type RateFor, type Source } from '../../../../shared/ledger/conversion/cover.ts';
import { parseRatio, type Ratio } from '../../../../shared/ledger/conversion/ratio.ts';
import { amount, price, SCALE } from './arbitraries.ts';

const TENTH_OF_A_PERCENT = parseRatio('0.001');

const rateAt =
  (to: AssetName, priceOf: (asset: AssetName) => Ratio | undefined): RateFor =>
  (from) => {
    const [fromPrice, toPrice] = [priceOf(from), priceOf(to)];
    if (!fromPrice) return { unpriced: from };
    if (!toPrice) return { unpriced: to };
    const spread = TENTH_OF_A_PERCENT;
    return { rate: { from: { asset: from, price: fromPrice }, to: { asset: to, price: toPrice }, spread } };
  };

const PRICES: Partial<Record<AssetName, string>> = { TWD: '1', USDT: '30', ETH: '90000' };
const prices = (asset: AssetName) => (PRICES[asset] === undefined ? undefined : parseRatio(PRICES[asset]));
const inTwd = rateAt('TWD', prices);

describe('covering a payment', () => {
  const owed = { asset: 'TWD' as const, amount: 100_00n };

  it('takes from the sources in their order, and of the last only what is left', () => {
    const holdings = new Map([['TWD', 40_00n] as const, ['USDT', 100_000_000n] as const]);
    const sources: readonly Source[] = [{ asset: 'TWD' }, { asset: 'USDT' }];
    // 60 ÷ (30 × 0.999) = 2.002002002…
    expect(cover(owed, sources, holdings, inTwd)).toEqual({
      kind: 'covered',
      parts: [
        { from: 'TWD', to: 'TWD', paid: 40_00n, received: 40_00n, spread: 0n },
        { from: 'USDT', to: 'TWD', paid: 2_002_003n, received: 60_00n, spread: 6n },
      ],
    });
    expect(cover(owed, [{ asset: 'USDT' }, { asset: 'TWD' }], holdings, inTwd)).toMatchObject({
      parts: [{ from: 'USDT', paid: 3_336_671n, received: 100_00n }],
    });
  });

  it('takes no more than a source may give, in its own asset and in the other', () => {
    const holdings = new Map([['TWD', 1000_00n] as const, ['USDT', 100_000_000n] as const]);
    expect(cover(owed, [{ asset: 'USDT', most: 1_000_000n }, { asset: 'TWD' }], holdings, inTwd)).toMatchObject({
      parts: [
        { from: 'USDT', paid: 1_000_000n, received: 29_97n },
        { from: 'TWD', paid: 70_03n },
      ],
    });
    expect(cover(owed, [{ asset: 'USDT', mostReceived: 30_00n }, { asset: 'TWD' }], holdings, inTwd)).toMatchObject({
      parts: [
        { from: 'USDT', paid: 1_001_002n, received: 30_00n },
        { from: 'TWD', paid: 70_00n },
      ],
    });
    expect(cover(owed, [{ asset: 'TWD', most: 99_99n }], holdings, inTwd)).toEqual({ kind: 'short' });
  });

  it('takes from one asset twice where it is listed twice, and never more than there is', () => {
    const holdings = new Map([['TWD', 60_00n] as const]);
    const twice: readonly Source[] = [{ asset: 'TWD', most: 50_00n }, { asset: 'TWD' }];
    expect(cover({ asset: 'TWD', amount: 60_00n }, twice, holdings, inTwd)).toMatchObject({
      parts: [{ paid: 50_00n }, { paid: 10_00n }],
    });
    expect(cover({ asset: 'TWD', amount: 60_01n }, twice, holdings, inTwd)).toEqual({ kind: 'short' });
  });

  it('asks for a price only where it takes something', () => {
    const holdings = new Map([['TWD', 100_00n] as const, ['BTC', 1n] as const]);
    expect(cover(owed, [{ asset: 'TWD' }, { asset: 'BTC' }], holdings, inTwd)).toMatchObject({ kind: 'covered' });
    expect(cover(owed, [{ asset: 'USD' }, { asset: 'TWD' }], holdings, inTwd)).toMatchObject({ kind: 'covered' });
    expect(cover(owed, [{ asset: 'BTC' }, { asset: 'TWD' }], holdings, inTwd)).toEqual({
      kind: 'unpriced',
      asset: 'BTC',
    });
  });

  it('covers exactly what is owed, within what there is and may be taken', () => {
    const asset = fc.constantFrom(...ASSET_NAMES);
    const limit = fc.option(amount, { nil: undefined });
    const source = fc.record({ asset, most: limit, mostReceived: limit });
    const drawnPrices = fc.tuple(price, price, price, price);
    fc.assert(
      fc.property(
        fc.record({ asset, amount }),
        fc.array(source, { maxLength: 8 }),
        fc.array(fc.tuple(asset, amount), { maxLength: 8 }),
        drawnPrices,
        (due, sources, held, drawn) => {
          const priceOf = (name: AssetName): Ratio => ({
            numerator: name === 'TWD' ? SCALE : (drawn[ASSET_NAMES.indexOf(name) - 1] ?? SCALE),
            denominator: SCALE,
          });
          const holdings = new Map(held);
          const rates = rateAt(due.asset, priceOf);
          const covered = cover(due, sources, holdings, rates);
          const parts = covered.kind === 'covered' ? covered.parts : [];
          const paid = parts.reduce((sum, { received }) => sum + received, 0n);
          expect(paid).toBe(covered.kind === 'covered' ? due.amount : 0n);
          for (const [name, amountHeld] of holdings) {
            const taken = parts.reduce((sum, part) => (part.from === name ? sum + part.paid : sum), 0n);
            expect(taken <= amountHeld).toBe(true);
          }
          for (const part of parts) {
            if (part.from === part.to) continue;
            const found = rates(part.from);
            if (!('rate' in found)) throw new Error('Every asset has a price here.');
            // A unit less would not have brought as much.
            expect(convertPaid(found.rate, part.paid - 1n).received < part.received).toBe(true);
            expect(convertPaid(found.rate, part.paid).received >= part.received).toBe(true);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
