import type { AssetName } from '../../contracts/assets.ts';
import { HOUSE_SPREAD, type User } from '../../identity/user.ts';
import type { Clock } from '../../platform/clock.ts';
import { spreadOf } from '../conversion/conversion.ts';
import type { RateFor } from '../conversion/cover.ts';
import { type PriceOf, pricesAt, type Quoted } from '../conversion/prices.ts';
import type { Refused } from './order.ts';

/** Reads what the market knows. Given by the function, since one domain does not read another's tables. */
export type ReadTickers = () => Promise<readonly Quoted[]>;

/** Reads the prices that are fresh now. */
export const freshPrices = async (readTickers: ReadTickers, clock: Clock): Promise<PriceOf> =>
  pricesAt(await readTickers(), clock.now());

/** At what the user converts to an asset. */
export const ratesOf = (user: Pick<User, 'spread'>, to: AssetName, priceOf: PriceOf): RateFor => {
  const spread = spreadOf(user.spread ?? HOUSE_SPREAD);
  return (from) => {
    const [fromPrice, toPrice] = [priceOf(from), priceOf(to)];
    if (!fromPrice) return { unpriced: from };
    if (!toPrice) return { unpriced: to };
    return { rate: { from: { asset: from, price: fromPrice }, to: { asset: to, price: toPrice }, spread } };
  };
};

/** Nothing is sold at a price that is not known. */
export const unpriced = (asset: AssetName): Refused => ({ ok: false, code: 'PRICE_UNAVAILABLE', params: { asset } });
