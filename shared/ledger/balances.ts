import type { AssetName } from '../contracts/assets.ts';
import type { TableWith } from '../platform/platform.ts';
import { ACCOUNT_KINDS, ACCOUNT_PREFIX, accountItem, ASSET_NAMES, ledgerPartition } from './account.ts';
import type { Units } from './units.ts';

/** What a user has of an asset. */
export interface Balance {
  readonly available: Units;
  readonly frozen: Units;
}

export type Balances = Readonly<Record<AssetName, Balance>>;

const NONE: Balance = { available: 0n, frozen: 0n };

/** Everything a user has, in one round trip. */
export const readBalances = async (table: TableWith<'query'>, userId: string): Promise<Balances> => {
  const limit = ASSET_NAMES.length * ACCOUNT_KINDS.length;
  const items = await table.query({ partition: ledgerPartition(userId), sortPrefix: ACCOUNT_PREFIX, limit });
  const balances: Record<AssetName, Balance> = { TWD: NONE, USDT: NONE, BTC: NONE, ETH: NONE, USD: NONE };
  for (const item of items) {
    const { asset, kind, balance } = accountItem.parse(item);
    balances[asset] = { ...balances[asset], [kind]: balance };
  }
  return balances;
};
