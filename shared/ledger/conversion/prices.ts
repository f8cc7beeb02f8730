import { type AssetName, ASSETS, type BaseAsset, QUOTE_ASSET } from '../../contracts/assets.ts';
import { MINUTE } from '../../platform/clock.ts';
import { ONE, over, parseRatio, type Ratio, times, whole } from './ratio.ts';

/** Nothing is converted at a price older than this. */
export const FRESH = 2 * MINUTE;

/** A price as the market knows it. */
export interface Quoted {
  readonly base: BaseAsset;
  /** What one costs in TWD, a plain decimal. */
  readonly lastPrice: string;
  /** Epoch milliseconds. */
  readonly updatedAt: number;
}

/** What one of an asset costs in TWD; `undefined` where no fresh price is known. */
export type PriceOf = (asset: AssetName) => Ratio | undefined;

/**
 * The prices that are fresh at `now` (epoch milliseconds). TWD itself costs one. Of a price from further ahead than clocks
 * differ nobody knows how old it is: it would be sold at for as long again, and keeps newer ones away until then.
 */
export const pricesAt = (quoted: readonly Quoted[], now: number): PriceOf => {
  const prices = new Map<AssetName, Ratio>([[QUOTE_ASSET, ONE]]);
  for (const { base, lastPrice, updatedAt } of quoted) {
    const price = parseRatio(lastPrice);
    if (Math.abs(now - updatedAt) <= FRESH && price.numerator > 0n) prices.set(base, price);
  }
  return (asset) => prices.get(asset);
};

const unitsInOne = (asset: AssetName): Ratio => whole(10n ** BigInt(ASSETS[asset].decimals));

/** What the smallest unit of an asset is worth in smallest units of TWD: `price × 10² ÷ 10^decimals`. */
export const valueOfUnit = (asset: AssetName, price: Ratio): Ratio =>
  over(times(price, unitsInOne(QUOTE_ASSET)), unitsInOne(asset));
