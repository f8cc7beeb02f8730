import * as z from 'zod/mini';
import type { AssetName } from '../../contracts/assets.ts';
import { type AccountKind, ACCOUNT_KINDS, accountItem, assetName } from '../account.ts';
import { entryItem, userEntryPrefix } from '../entry.ts';
import { MINUTE } from '../../platform/clock.ts';
import type { Stored } from './check.ts';

/** An account of the user that is passed. */
interface AccountPlace {
  readonly asset: AssetName;
  readonly kind: AccountKind;
}

/** Entries older than this are all there: functions end within half a minute of the time that they write. */
const QUIET = MINUTE;

/** An amount as a cursor carries it: digits, since JSON knows no bigint. */
const carried = z.pipe(
  z.union([z.bigint(), z.string().check(z.regex(/^-?\d{1,60}$/))]),
  z.transform((digits: bigint | string) => BigInt(digits)),
);

/** What the oldest entries of an account come to, up to the first that was not old enough when it passed. */
const settled = z.object({
  amount: carried,
  entries: z.int(),
  /** The sort key of the last of them; empty before the first. */
  upTo: z.string().check(
    z.maxLength(1024),
    z.refine((key) => key.isWellFormed()),
  ),
  /** Whether one came that was not old enough, so that what follows does not count among them. */
  ended: z.boolean(),
});

export type Settled = Readonly<z.output<typeof settled>>;

/** An account that is to be looked at by itself: from its settled entries on, however many those are. */
export interface UnevenAccount extends AccountPlace {
  readonly settled: Settled;
}

/** What is known of an account in the middle of a user's items. */
export const tallied = z.object({
  asset: assetName,
  kind: z.enum(ACCOUNT_KINDS),
  /** What the account item says, less what the entries so far come to. */
  rest: carried,
  /** Entries that the account item says there are, less those that came. */
  entries: z.int(),
  negative: z.boolean(),
  settled,
});

type Tallied = z.output<typeof tallied>;

const ENTRY = /^ENTRY#([A-Z]+)#([a-z]+)#(\d*)/;

export const NOTHING_SETTLED: Settled = { amount: 0n, entries: 0, upTo: '', ended: false };

/** @param isOld whether no entry can come before this one any more. */
const settle = (before: Settled, item: Stored, isOld: boolean): Settled => {
  if (before.ended || !isOld) return { ...before, ended: true };
  // One that cannot be read is a problem by itself.
  const amount = before.amount + (entryItem.safeParse(item).data?.amount ?? 0n);
  return { amount, entries: before.entries + 1, upTo: item.sk, ended: false };
};

const accountSchema = z.object({ asset: assetName, kind: z.enum(ACCOUNT_KINDS) });

const isUneven = ({ rest, entries, negative }: Tallied): boolean => rest !== 0n || entries !== 0 || negative;

/** Adds up a user's accounts and the entries on them. */
export const accountTally = () => {
  const accounts = new Map<string, Tallied>();
  const of = ({ asset, kind }: AccountPlace): Tallied => {
    const none = { asset, kind, rest: 0n, entries: 0, negative: false, settled: NOTHING_SETTLED };
    const known = accounts.get(`${asset}#${kind}`) ?? none;
    accounts.set(`${asset}#${kind}`, known);
    return known;
  };
  return {
    passAccount: (item: Stored): void => {
      const { asset, kind, balance, entries } = accountItem.parse(item);
      const known = of({ asset, kind });
      known.rest += balance;
      known.entries += entries;
      known.negative = balance < 0n;
    },
    /** @param readAt when the item was read, or before, in epoch milliseconds. */
    passEntry: (item: Stored, readAt: number): void => {
      const [, asset, kind, at] = ENTRY.exec(item.sk) ?? [];
      const known = of(accountSchema.parse({ asset, kind }));
      known.settled = settle(known.settled, item, Number(at) < readAt - QUIET);
      known.rest -= entryItem.parse(item).amount;
      known.entries -= 1;
    },
    state: (): Tallied[] => [...accounts.values()],
    resume: (state: readonly Tallied[]): void => {
      for (const known of state) accounts.set(`${known.asset}#${known.kind}`, { ...known });
    },
    /** Takes out the accounts whose entries have all come before that sort key: gives those that did not come out even. */
    takeBefore: (sk: string): readonly UnevenAccount[] => {
      const over = [...accounts].filter(([, place]) => `${userEntryPrefix(place)}\u{10FFFF}` < sk);
      for (const [name] of over) accounts.delete(name);
      return over.map(([, known]) => known).filter(isUneven);
    },
    uneven: (): readonly UnevenAccount[] => [...accounts.values()].filter(isUneven),
  };
};
