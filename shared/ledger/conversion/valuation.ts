import type { AssetName } from '../../contracts/assets.ts';
import type { Units } from '../units.ts';
import { type PriceOf, valueOfUnit } from './prices.ts';
import { floor, NOTHING, over, plus, type Ratio, times, whole } from './ratio.ts';

/** How much there is of an asset. */
export interface Holding {
  readonly asset: AssetName;
  readonly amount: Units;
}

export type Valuation =
  | { readonly known: true; readonly value: Units }
  | { readonly known: false; readonly unpriced: AssetName };

/**
 * What holdings are worth in another asset at the ticker's prices, without spread: the exact sum, rounded down once. What
 * is not held needs no price, and neither does the asset itself.
 */
export const valueIn = (asset: AssetName, holdings: readonly Holding[], priceOf: PriceOf): Valuation => {
  let sum: Ratio = NOTHING;
  for (const held of holdings) {
    if (held.amount === 0n) continue;
    if (held.asset === asset) {
      sum = plus(sum, whole(held.amount));
      continue;
    }
    const [price, wanted] = [priceOf(held.asset), priceOf(asset)];
    if (!price) return { known: false, unpriced: held.asset };
    if (!wanted) return { known: false, unpriced: asset };
    const rate = over(valueOfUnit(held.asset, price), valueOfUnit(asset, wanted));
    sum = plus(sum, times(whole(held.amount), rate));
  }
  return { known: true, value: floor(sum) };
};
