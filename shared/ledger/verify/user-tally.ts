import * as z from 'zod/mini';
import { type AccountKind, ACCOUNT_KINDS, accountItem, assetName } from '../account.ts';
import { entryItem } from '../entry.ts';
import { hoursOf } from '../history/count-index.ts';
import { type Hour, hourOf } from '../history/hours.ts';
import { ROW_CLASSES, type Stream } from '../history/stream.ts';
import type { AssetName } from '../../contracts/assets.ts';
import type { Stored } from './check.ts';

/** An account of the user that is passed. */
export interface AccountPlace {
  readonly asset: AssetName;
  readonly kind: AccountKind;
}

/** An hour of a history. */
export interface CountPlace extends Stream {
  readonly hour: Hour;
}

/** What does not come out even, and is to be looked at by itself: it may have changed while it was passed. */
export interface Uneven {
  readonly userId: string;
  readonly accounts: readonly AccountPlace[];
  readonly counts: readonly CountPlace[];
}

/** An amount as a cursor carries it: digits, since JSON knows no bigint. */
const carried = z.pipe(
  z.union([z.bigint(), z.string().check(z.regex(/^-?\d{1,60}$/))]),
  z.transform((digits: bigint | string) => BigInt(digits)),
);

const tallied = z.object({
  asset: assetName,
  kind: z.enum(ACCOUNT_KINDS),
  /** What the account item says, less what the entries so far come to. */
  rest: carried,
  /** Entries that the account item says there are, less those that came. */
  entries: z.int(),
  negative: z.boolean(),
});

type Tallied = z.output<typeof tallied>;

/** What is known of a user in the middle of the user's items, to go on from there another time. */
export const tallyState = z.object({
  userId: z.string(),
  accounts: z.array(tallied),
  /** The hour of the last row, and how many of it came. */
  rows: z.nullable(z.object({ class: z.enum(ROW_CLASSES), asset: assetName, hour: z.int(), seen: z.int() })),
});

export type TallyState = z.output<typeof tallyState>;

/** Where a tally stops in the middle. */
export interface Stopped {
  readonly state: TallyState;
  readonly uneven: Uneven;
}

const ENTRY = /^ENTRY#([A-Z]+)#([a-z]+)#/;
const COUNT = /^COUNT#([A-Z]+)#([A-Z]+)#/;
const ROW = /^ROW#([A-Z]+)#([A-Z]+)#(\d{13})#/;

const streamSchema = z.object({ class: z.enum(ROW_CLASSES), asset: assetName });
const accountSchema = z.object({ asset: assetName, kind: z.enum(ACCOUNT_KINDS) });

/** Sorts as rows do: by class, asset and time. */
const hourKey = ({ class: kind, asset, hour }: CountPlace): string =>
  `${kind}#${asset}#${String(hour).padStart(9, '0')}`;

const accountTally = () => {
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

const countTally = () => {
  const expected = new Map<string, CountPlace & { readonly rows: number }>();
  const uneven: CountPlace[] = [];
  let current: (CountPlace & { seen: number }) | undefined;

  const closeHour = (): void => {
    if (!current) return;
    const { seen, ...place } = current;
    if ((expected.get(hourKey(place))?.rows ?? 0) !== seen) uneven.push(place);
    expected.delete(hourKey(place));
    current = undefined;
  };

  /** Hours that should have had rows, of those before the one that is open. */
  const without = (isPassed: (key: string) => boolean): readonly CountPlace[] =>
    [...expected].flatMap(([key, { rows, ...place }]) => (rows !== 0 && isPassed(key) ? [place] : []));

  return {
    passCount: (item: Stored): void => {
      const [, kind, asset] = COUNT.exec(item.sk) ?? [];
      const stream = streamSchema.parse({ class: kind, asset });
      for (const [hour, rows] of hoursOf(item)) expected.set(hourKey({ ...stream, hour }), { ...stream, hour, rows });
    },
    passRow: (item: Stored): void => {
      const [, kind, asset, at] = ROW.exec(item.sk) ?? [];
      const place = { ...streamSchema.parse({ class: kind, asset }), hour: hourOf(Number(at)) };
      if (current && hourKey(current) !== hourKey(place)) closeHour();
      current = { ...place, seen: (current?.seen ?? 0) + 1 };
    },
    state: (): TallyState['rows'] => current ?? null,
    resume: (rows: TallyState['rows']): void => {
      if (!rows) return;
      current = { ...rows };
      for (const [key] of expected) if (key < hourKey(rows)) expected.delete(key);
    },
    /** What did not come out even before the hour that is open. */
    unevenSoFar: (): readonly CountPlace[] => {
      const open = current && hourKey(current);
      return [...uneven, ...without((key) => open !== undefined && key < open)];
    },
    uneven: (): readonly CountPlace[] => {
      closeHour();
      return [...uneven, ...without(() => true)];
    },
  };
};

/**
 * Adds up the items of one user as they pass in the order of their keys: accounts come before counts, counts before
 * entries, entries before rows. Holds a few numbers an account, and of the history the index, which the calendar bounds.
 */
export const createTally = (userId: string) => {
  const accounts = accountTally();
  const counts = countTally();
  return {
    userId,
    passAccount: accounts.passAccount,
    passEntry: accounts.passEntry,
    passCount: counts.passCount,
    passRow: counts.passRow,
    /** What is to be kept to go on later, and what did not come out even so far. */
    stop: (): Stopped => ({
      state: { userId, accounts: accounts.state(), rows: counts.state() },
      uneven: { userId, accounts: [], counts: counts.unevenSoFar() },
    }),
    /** Goes on from a state; items of the index that were passed before are to be passed again first. */
    resume: (state: TallyState): void => {
      accounts.resume(state.accounts);
      counts.resume(state.rows);
    },
    /** After the user's last item. */
    finish: (): Uneven => ({ userId, accounts: accounts.uneven(), counts: counts.uneven() }),
  };
};

export type Tally = ReturnType<typeof createTally>;
