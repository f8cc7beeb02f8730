import { type AssetName, ASSETS, QUOTE_ASSET } from '../contracts/assets.ts';
import type { DataOf } from '../contracts/endpoint.ts';
import type { balance } from '../contracts/endpoints/wallet/balance.ts';
import { ExactNumber } from '../contracts/exact-number.ts';
import { ASSET_NAMES } from './account.ts';
import type { Balances } from './balances.ts';
import type { PriceOf, Quoted } from './conversion/prices.ts';
import { decimalOf, ONE, over, parseRatio } from './conversion/ratio.ts';
import { valueIn } from './conversion/valuation.ts';
import { exactUnits } from './units.ts';

/** Digits after the point of a rate; what one of something costs in TWD has never more. */
const RATE_DECIMALS = 18;

/** The last price of each asset, also one that is too old to convert at: a balance is worth something all the same. */
const lastPrices = (quoted: readonly Pick<Quoted, 'base' | 'lastPrice'>[]): PriceOf => {
  const prices = new Map(quoted.map(({ base, lastPrice }) => [base, parseRatio(lastPrice)]));
  return (asset) => {
    const price = asset === QUOTE_ASSET ? ONE : prices.get(asset);
    return price && price.numerator > 0n ? price : undefined;
  };
};

const rateIn = (currency: AssetName, asset: AssetName, priceOf: PriceOf): ExactNumber | null => {
  if (asset === currency) return new ExactNumber('1');
  const [price, wanted] = [priceOf(asset), priceOf(currency)];
  return price && wanted ? new ExactNumber(decimalOf(over(price, wanted), RATE_DECIMALS)) : null;
};

/**
 * Everything a user has, valued in a currency at the last prices. The total is the exact sum, rounded down to the
 * currency's decimals; null where something is held that has no price, since a sum without it would pass for all.
 */
export const viewOfBalances = (
  balances: Balances,
  quoted: readonly Pick<Quoted, 'base' | 'lastPrice'>[],
  currency: AssetName,
): DataOf<typeof balance> => {
  const priceOf = lastPrices(quoted);
  const held = ASSET_NAMES.map((asset) => {
    const { available, frozen } = balances[asset];
    return { asset, available, frozen, amount: available + frozen };
  });
  const worth = valueIn(currency, held, priceOf);
  return {
    total: worth.known ? exactUnits(currency, worth.value) : null,
    balance: held.map(({ asset, available, frozen, amount }) => ({
      currency: asset,
      total: exactUnits(asset, amount),
      available: exactUnits(asset, available),
      frozen: exactUnits(asset, frozen),
      convertRate: rateIn(currency, asset, priceOf),
      type: ASSETS[asset].type,
    })),
  };
};
