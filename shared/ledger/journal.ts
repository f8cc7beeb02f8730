import * as z from 'zod/mini';
import type { AssetName } from '../contracts/assets.ts';
import type { TableWith } from '../platform/platform.ts';
import type { Random } from '../platform/random.ts';
import { ABSENT, type Item, type Key, type Write } from '../platform/writes.ts';
import { type Account, account, accountKey, nameOf, type UserAccount } from './account.ts';
import { entryKey, HOUSE_SHARDS } from './entry.ts';
import { MOST_UNITS, type Units, units } from './units.ts';

/** What is added to an account, or with a minus taken from it. */
export interface Leg {
  readonly account: Account;
  readonly amount: Units;
}

/** One movement of money: what is added somewhere is taken elsewhere. */
export interface Movement {
  /** What moves and why, such as `transfer-3019-hold`. A movement of one id happens once. */
  readonly journalId: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly legs: readonly Leg[];
}

/** The legs of a movement do not sum to zero, or there are none: a mistake of the program. */
export class UnbalancedError extends Error {
  override readonly name = 'UnbalancedError';
}

/** A leg as the journal keeps it: `shard` says where the entry of a house account lies. */
const bookedLeg = z.object({ account, shard: z.int(), amount: units });

/** A movement as it was booked. Never changed. */
export const journalItem = z.object({
  journalId: z.string(),
  at: z.int(),
  legs: z.array(bookedLeg),
});

export type BookedLeg = Readonly<z.output<typeof bookedLeg>>;
export type Journal = Readonly<z.output<typeof journalItem>>;

export const journalKey = (journalId: string): Key => ({ pk: `JOURNAL#${journalId}`, sk: 'JOURNAL' });

/** What is left over of each asset: nothing, where legs are balanced. */
export const imbalance = (legs: readonly Leg[]): ReadonlyMap<AssetName, Units> => {
  const sums = new Map<AssetName, Units>();
  for (const {
    account: { asset },
    amount,
  } of legs)
    sums.set(asset, (sums.get(asset) ?? 0n) + amount);
  for (const [asset, sum] of sums) if (sum === 0n) sums.delete(asset);
  return sums;
};

/** One leg an account, since a transaction can write no item twice; what cancels out is left away. */
const merge = (legs: readonly Leg[]): readonly Leg[] => {
  const merged = new Map<string, Leg>();
  for (const leg of legs) {
    const amount = (merged.get(nameOf(leg.account))?.amount ?? 0n) + leg.amount;
    merged.set(nameOf(leg.account), { account: leg.account, amount });
  }
  return [...merged.values()].filter(({ amount }) => amount !== 0n);
};

const changeBalance = (table: TableWith<'update'>, one: UserAccount, amount: Units): Write => {
  const { asset, kind } = one;
  const taken = amount < 0n;
  return table.update(accountKey(one), {
    update:
      'SET asset = :asset, kind = :kind, balance = if_not_exists(balance, :zero) + :amount, ' +
      'entries = if_not_exists(entries, :zero) + :one',
    condition: taken ? 'balance >= :bound' : 'attribute_not_exists(balance) OR balance <= :bound',
    values: {
      ':asset': asset,
      ':kind': kind,
      ':zero': 0,
      ':one': 1,
      ':amount': amount,
      ':bound': taken ? -amount : MOST_UNITS - amount,
    },
  });
};

/** Two that book under one id meet in this once in so many times; the most that node's `randomInt` draws. */
const NONCES = 2 ** 48 - 1;

/**
 * Whether the item that stands in the way of a movement is that very movement: it was booked, and the answer was lost.
 *
 * @param writes of `post`, the journal first.
 * @param stored what refused the first of them.
 */
export const isBooked = ([journal]: readonly Write[], stored: Item | undefined): boolean => {
  const wanted: Item = journal?.Put?.Item ?? {};
  return stored !== undefined && (['pk', 'sk', 'nonce'] as const).every((name) => stored[name] === wanted[name]);
};

/** The writes of a movement, in groups that say why a transaction with them was refused. */
export interface Posting {
  /** The movement itself, refused when it has happened before. */
  readonly journal: readonly Write[];
  /** Accounts that are taken from, refused when one has less. */
  readonly debits: readonly Write[];
  /** Accounts that are added to, refused only when one would hold more than can be stored. */
  readonly credits: readonly Write[];
}

/**
 * Books a movement: the journal, an entry on each account, and the balances of users, all in the caller's transaction.
 *
 * @throws UnbalancedError when the legs of an asset do not sum to zero.
 */
export const post = (
  table: TableWith<'put' | 'update'>,
  { journalId, at, legs }: Movement,
  random: Pick<Random, 'int'>,
): Posting => {
  const booked = merge(legs).map(({ account: one, amount }) => ({
    account: one,
    amount,
    shard: random.int(HOUSE_SHARDS),
  }));
  const left = [...imbalance(booked)].map(([asset, sum]) => `${sum} units of ${asset}`);
  if (booked.length === 0 || left.length > 0)
    throw new UnbalancedError(`Movement ${journalId} leaves over ${left.join(', ') || 'nothing, since it is empty'}.`);
  const entry = (leg: BookedLeg): Write =>
    table.put({ ...entryKey(leg.account, leg.shard, { journalId, at }), journalId, at, amount: leg.amount }, ABSENT);
  const balances = (take: boolean): readonly Write[] =>
    booked.flatMap(({ account: one, amount }) =>
      one.owner === 'user' && amount < 0n === take ? [changeBalance(table, one, amount)] : [],
    );
  return {
    journal: [
      table.put({ ...journalKey(journalId), journalId, at, legs: booked, nonce: random.int(NONCES) }, ABSENT),
      ...booked.map(entry),
    ],
    debits: balances(true),
    credits: balances(false),
  };
};
