import * as z from 'zod/mini';
import { type AssetName, ASSETS } from '../contracts/assets.ts';
import type { Key } from '../platform/writes.ts';
import { units } from './units.ts';

const isAsset = (name: string): name is AssetName => Object.hasOwn(ASSETS, name);

export const ASSET_NAMES: readonly AssetName[] = Object.keys(ASSETS).filter(isAsset);

export const assetName = z.enum(ASSET_NAMES);

/** What a user can use, and what waits for a transfer or withdrawal to end. */
export const ACCOUNT_KINDS = ['available', 'frozen'] as const;

export type AccountKind = (typeof ACCOUNT_KINDS)[number];

const userAccount = z.object({
  owner: z.literal('user'),
  userId: z.string(),
  asset: assetName,
  kind: z.enum(ACCOUNT_KINDS),
});

/**
 * What the house books on:
 * - `treasury`: the world outside; what comes in is taken from it, so it is below zero by what the house holds for others;
 * - `clearing`: the other side of conversions;
 * - `spread`, `fees`: what the house earns;
 * - `service:<name>`: what was paid to a service.
 */
export const HOUSE_NAMES = ['treasury', 'clearing', 'spread', 'fees'] as const;

export type HouseName = (typeof HOUSE_NAMES)[number] | `service:${string}`;

const houseName = z.union([z.enum(HOUSE_NAMES), z.templateLiteral(['service:', z.string()])]);

const houseAccount = z.object({ owner: z.literal('house'), name: houseName, asset: assetName });

/** Where an amount lies. */
export const account = z.discriminatedUnion('owner', [userAccount, houseAccount]);

export type Account = Readonly<z.output<typeof account>>;
export type UserAccount = Readonly<z.output<typeof userAccount>>;
export type HouseAccount = Readonly<z.output<typeof houseAccount>>;

export const available = (userId: string, asset: AssetName): UserAccount => ({
  owner: 'user',
  userId,
  asset,
  kind: 'available',
});

export const frozen = (userId: string, asset: AssetName): UserAccount => ({
  owner: 'user',
  userId,
  asset,
  kind: 'frozen',
});

export const house = (name: HouseName, asset: AssetName): HouseAccount => ({ owner: 'house', name, asset });

/** An account's name: the same for the same account. */
export const nameOf = (one: Account): string =>
  one.owner === 'user' ? `user/${one.userId}/${one.asset}/${one.kind}` : `house/${one.name}/${one.asset}`;

export const ACCOUNT_PREFIX = 'ACCOUNT#';

export const ledgerPartition = (userId: string): string => `USER#${userId}`;

export const accountKey = ({ userId, asset, kind }: UserAccount): Key => ({
  pk: ledgerPartition(userId),
  sk: `${ACCOUNT_PREFIX}${asset}#${kind}`,
});

/** The balance of a user's account, and how many entries have made it. */
export const accountItem = z.object({
  asset: assetName,
  kind: z.enum(ACCOUNT_KINDS),
  balance: units,
  entries: z.int(),
});

export type AccountState = Readonly<z.output<typeof accountItem>>;
