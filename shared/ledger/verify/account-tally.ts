import * as z from 'zod/mini';
import type { AssetName } from '../../contracts/assets.ts';
import { type AccountKind, ACCOUNT_KINDS, accountItem, assetName } from '../account.ts';
import { entryItem } from '../entry.ts';
import type { Stored } from './check.ts';

/** An account of the user that is passed. */
export interface AccountPlace {
  readonly asset: AssetName;
  readonly kind: AccountKind;
}

/** An amount as a cursor carries it: digits, since JSON knows no bigint. */
const carried = z.pipe(
  z.union([z.bigint(), z.string().check(z.regex(/^-?\d{1,60}$/))]),
  z.transform((digits: bigint | string) => BigInt(digits)),
);

/** What is known of an account in the middle of a user's items. */
export const tallied = z.object({
  asset: assetName,
  kind: z.enum(ACCOUNT_KINDS),
  /** What the account item says, less what the entries so far come to. */
  rest: carried,
  /** Entries that the account item says there are, less those that came. */
  entries: z.int(),
  negative: z.boolean(),
});

type Tallied = z.output<typeof tallied>;

const ENTRY = /^ENTRY#([A-Z]+)#([a-z]+)#/;

const accountSchema = z.object({ asset: assetName, kind: z.enum(ACCOUNT_KINDS) });

/** Adds up a user's accounts and the entries on them. */
export const accountTally = () => {
  const accounts = new Map<string, Tallied>();
  const of = ({ asset, kind }: AccountPlace): Tallied => {
    const known = accounts.get(`${asset}#${kind}`) ?? { asset, kind, rest: 0n, entries: 0, negative: false };
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
    passEntry: (item: Stored): void => {
      const [, asset, kind] = ENTRY.exec(item.sk) ?? [];
      const known = of(accountSchema.parse({ asset, kind }));
      known.rest -= entryItem.parse(item).amount;
      known.entries -= 1;
    },
    state: (): Tallied[] => [...accounts.values()],
    resume: (state: readonly Tallied[]): void => {
      for (const known of state) accounts.set(`${known.asset}#${known.kind}`, { ...known });
    },
    uneven: (): readonly AccountPlace[] =>
      [...accounts.values()]
        .filter(({ rest, entries, negative }) => rest !== 0n || entries !== 0 || negative)
        .map(({ asset, kind }) => ({ asset, kind })),
  };
};
