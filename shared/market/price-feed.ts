import { Big } from 'big.js';
import { BASE_ASSETS, type BaseAsset } from '../contracts/assets.ts';
import type { priceFeed } from '../contracts/jobs.ts';
import type { Platform } from '../platform/platform.ts';
import type { PriceSource } from './price-source.ts';
import { newPrice, priceADayAgo, readTickers } from './ticker-store.ts';

/** Change from `before` to `now` in percent; 0 while there is nothing to compare with. */
export const changePercent = (before: string | undefined, now: string): number =>
  before === undefined ? 0 : new Big(now).minus(before).div(before).times(100).toNumber();

/**
 * Reads every price once and keeps it. Prices are read before anything is written; an asset that the source does
 * not name keeps its last price, which grows stale.
 *
 * @returns how many prices were kept.
 */
export const feedPrices = async (
  { tables, clock, commit }: Platform<(typeof priceFeed)['uses']>,
  source: PriceSource,
): Promise<number> => {
  const now = clock.now();
  const prices = await source(now);
  const keep = async (base: BaseAsset): Promise<boolean> => {
    const lastPrice = prices[base];
    if (lastPrice === undefined) return false;
    const before = await priceADayAgo(tables.market, base, now);
    const ticker = { base, lastPrice, changePercent: changePercent(before, lastPrice), updatedAt: now };
    return (await commit(newPrice(tables.market, ticker))).committed;
  };
  const kept = await Promise.all(BASE_ASSETS.map(keep));
  return kept.filter(Boolean).length;
};

/** Age of the oldest price in use, in milliseconds; 0 before there is any. What the source leaves out grows old. */
export const oldestPrice = async ({ tables, clock }: Platform<(typeof priceFeed)['uses']>): Promise<number> => {
  const tickers = await readTickers(tables.market);
  return Math.max(0, ...tickers.map(({ updatedAt }) => clock.now() - updatedAt));
};
