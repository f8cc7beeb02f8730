import type { AssetName } from './assets.ts';

/** A chain that an asset can come in and go out by (API chapter 7). */
export interface Network {
  readonly asset: AssetName;
  /** What the API calls it beside the asset. */
  readonly paymentWay: string;
}

/** The reference's Supported Currencies and USDT-TRC20. Which of them are open is a setting of the stage. */
export const NETWORKS = {
  BTC: { asset: 'BTC', paymentWay: 'BTC' },
  'BTC-LIQUID': { asset: 'BTC', paymentWay: 'LIQUID' },
  'USDT-OMNI': { asset: 'USDT', paymentWay: 'OMNI' },
  'USDT-ERC20': { asset: 'USDT', paymentWay: 'ERC20' },
  'USDT-LIQUID': { asset: 'USDT', paymentWay: 'LIQUID' },
  'USDT-TRC20': { asset: 'USDT', paymentWay: 'TRC20' },
  ETH: { asset: 'ETH', paymentWay: 'ERC20' },
} as const satisfies Readonly<Record<string, Network>>;

export type NetworkName = keyof typeof NETWORKS;

const isNetwork = (name: string): name is NetworkName => Object.hasOwn(NETWORKS, name);

export const NETWORK_NAMES: readonly NetworkName[] = Object.keys(NETWORKS).filter(isNetwork);

/** What lives on a chain. */
export type CryptoAsset = (typeof NETWORKS)[NetworkName]['asset'];

/** Every such asset, by name. */
export const CRYPTO_ASSETS: readonly CryptoAsset[] = [
  ...new Set(NETWORK_NAMES.map((name) => NETWORKS[name].asset)),
].toSorted();

/** How an asset can come in and go out while the given networks are on. */
export const paymentWaysOf = (asset: CryptoAsset, on: readonly NetworkName[]): readonly string[] =>
  on.filter((name) => NETWORKS[name].asset === asset).map((name) => NETWORKS[name].paymentWay);
