import { priceFeed } from '../../shared/contracts/jobs.ts';
import { feedPrices, oldestPrice } from '../../shared/market/price-feed.ts';
import { priceSourceOf } from '../../shared/market/price-source.ts';
import { jobHandler } from '../../shared/platform/job-handler.ts';

/** Every minute: prices into the market table. */
export const handler = jobHandler(priceFeed, (platform, { PRICE_SOURCE }) => {
  const source = priceSourceOf(PRICE_SOURCE);
  return async () => ({ prices: await feedPrices(platform, source), oldestMs: await oldestPrice(platform) });
});
