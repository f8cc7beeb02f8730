import { CurrencyType, type ValueOf } from './enums.ts';

/** What can be held, with how many decimals its amounts have (API chapter 7). */
export interface Asset {
  readonly type: ValueOf<typeof CurrencyType>;
  readonly decimals: number;
}

export const ASSETS = {
  TWD: { type: CurrencyType.FIAT, decimals: 2 },
  USDT: { type: CurrencyType.STABLE, decimals: 6 },
  BTC: { type: CurrencyType.CRYPTO, decimals: 8 },
  ETH: { type: CurrencyType.CRYPTO, decimals: 8 },
  USD: { type: CurrencyType.FIAT, decimals: 2 },
} as const satisfies Readonly<Record<string, Asset>>;

export type AssetName = keyof typeof ASSETS;

/** What every price is quoted in. */
export const QUOTE_ASSET = 'TWD' satisfies AssetName;

const isBase = (name: string): name is Exclude<AssetName, typeof QUOTE_ASSET> =>
  Object.hasOwn(ASSETS, name) && name !== QUOTE_ASSET;

/** Everything that has a price. */
export const BASE_ASSETS = Object.keys(ASSETS).filter(isBase);

export type BaseAsset = (typeof BASE_ASSETS)[number];
