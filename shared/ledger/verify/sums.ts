import type { AssetName } from '../../contracts/assets.ts';
import { account, accountItem, ASSET_NAMES } from '../account.ts';
import { entryItem } from '../entry.ts';
import type { Units } from '../units.ts';
import type { Stored } from './check.ts';

/**
 * What users have and what the house's entries come to, as it was seen. Together nothing, when nothing moved meanwhile:
 * what comes in is taken from the house's treasury.
 */
export interface AssetSum {
  users: Units;
  house: Units;
}

export type Sums = Record<AssetName, AssetSum>;

const none = (): AssetSum => ({ users: 0n, house: 0n });

export const noSums = (): Sums => ({ TWD: none(), USDT: none(), BTC: none(), ETH: none(), USD: none() });

const HOUSE = /^HOUSE#(.+)#([A-Z]+)#\d\d$/;

/** Adds an account's balance or a house's entry; other items come to nothing. */
export const addToSums = (sums: Sums, item: Stored): void => {
  const [, name, asset] = HOUSE.exec(item.pk) ?? [];
  if (name === undefined) {
    const state = item.sk.startsWith('ACCOUNT#') ? accountItem.safeParse(item).data : undefined;
    if (state) sums[state.asset].users += state.balance;
    return;
  }
  const owner = account.safeParse({ owner: 'house', name, asset }).data;
  const entry = entryItem.safeParse(item).data;
  if (owner && entry) sums[owner.asset].house += entry.amount;
};

/** Adds other sums. */
export const mergeSums = (sums: Sums, others: Sums): void => {
  for (const asset of ASSET_NAMES) {
    sums[asset].users += others[asset].users;
    sums[asset].house += others[asset].house;
  }
};
