import * as z from 'zod/mini';
import type { Key } from '../platform/writes.ts';
import { type Account, type HouseAccount, ledgerPartition, type UserAccount } from './account.ts';
import { timeKey } from './record-id.ts';
import { units } from './units.ts';

/**
 * House accounts are written by everyone, so their entries are spread over this many partitions, each good for a
 * thousand writes a second. They have no balance item: a balance that every transaction changes would make them all
 * conflict; theirs is the sum of their entries.
 */
export const HOUSE_SHARDS = 16;

/** One side of a movement on one account. Never changed. */
export const entryItem = z.object({ journalId: z.string(), at: z.int(), amount: units });

export type Entry = Readonly<z.output<typeof entryItem>>;

/** Which movement, and when. */
interface Moment {
  readonly journalId: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

export const userEntryPrefix = ({ asset, kind }: Pick<UserAccount, 'asset' | 'kind'>): string =>
  `ENTRY#${asset}#${kind}#`;

export const housePartition = ({ name, asset }: HouseAccount, shard: number): string =>
  `HOUSE#${name}#${asset}#${String(shard).padStart(2, '0')}`;

export const HOUSE_ENTRY_PREFIX = 'ENTRY#';

/** @param shard of a house account; of a user's account it does not matter. */
export const entryKey = (account: Account, shard: number, { journalId, at }: Moment): Key => {
  const moment = `${timeKey(at)}#${journalId}`;
  return account.owner === 'user'
    ? { pk: ledgerPartition(account.userId), sk: `${userEntryPrefix(account)}${moment}` }
    : { pk: housePartition(account, shard), sk: `${HOUSE_ENTRY_PREFIX}${moment}` };
};
