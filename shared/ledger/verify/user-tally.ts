import * as z from 'zod/mini';
import { assetName } from '../account.ts';
import { hoursOf } from '../history/count-index.ts';
import { hourOf } from '../history/hours.ts';
import { hourOfSecond, secondsOf } from '../history/second-index.ts';
import { ROW_CLASSES } from '../history/stream.ts';
import { accountTally, tallied, type UnevenAccount } from './account-tally.ts';
import { type Block, blockTally } from './block-tally.ts';
import type { Stored } from './check.ts';
import { type CountPlace, hourKey, hourState, hourTally } from './hour-tally.ts';

/** What does not come out even, and is to be looked at by itself: it may have changed while it was passed. */
export interface Uneven {
  readonly userId: string;
  readonly accounts: readonly UnevenAccount[];
  readonly counts: readonly CountPlace[];
}

/** What is known of a user in the middle of the user's items, to go on from there another time. */
export const tallyState = z.object({
  userId: z.string(),
  accounts: z.array(tallied),
  /** The hour of the last item of the index by seconds, and how many rows it and those before it in that hour say. */
  seconds: z.nullable(hourState),
  /** The hour of the last row, and how many of it came. */
  rows: z.nullable(hourState),
});

export type TallyState = z.output<typeof tallyState>;

/** Where a tally stops in the middle. */
export interface Stopped {
  readonly state: TallyState;
  readonly uneven: Uneven;
}

const COUNT = /^COUNT#([A-Z]+)#([A-Z]+)#/;
const SECONDS = /^FINE#([A-Z]+)#([A-Z]+)#/;
const ROW = /^ROW#([A-Z]+)#([A-Z]+)#(\d{13})#/;

/** The stream that the key of an item names. */
export const streamSchema = z.object({ class: z.enum(ROW_CLASSES), asset: assetName });

/** The streams and hours of a user's items of the history. */
const historyTally = (userId: string) => {
  const rows = hourTally();
  const seconds = hourTally();
  const blocks = blockTally(userId);
  /** Hours with rows that are not counted by the second. */
  const older = new Set<string>();
  return {
    passCount: (item: Stored): void => {
      const [, kind, asset] = COUNT.exec(item.sk) ?? [];
      const stream = streamSchema.parse({ class: kind, asset });
      for (const [hour, count] of hoursOf(item)) {
        const place = { ...stream, hour };
        rows.expect(place, count.rows);
        seconds.expect(place, count.bySecond);
        if (count.rows !== count.bySecond) older.add(hourKey(place));
      }
    },
    passSeconds: (item: Stored): void => {
      const [, kind, asset] = SECONDS.exec(item.sk) ?? [];
      const stream = streamSchema.parse({ class: kind, asset });
      for (const [second, number] of secondsOf(item)) seconds.pass({ ...stream, hour: hourOfSecond(second) }, number);
    },
    passRow: (item: Stored): void => {
      const [, kind, asset, at] = ROW.exec(item.sk) ?? [];
      const stream = streamSchema.parse({ class: kind, asset });
      const place = { ...stream, hour: hourOf(Number(at)) };
      rows.pass(place, 1);
      if (!older.has(hourKey(place))) blocks.pass(stream, Number(at));
    },
    takeBlocks: blocks.take,
    state: () => ({ seconds: seconds.state(), rows: rows.state() }),
    resume: (state: Pick<TallyState, 'seconds' | 'rows'>): void => {
      seconds.resume(state.seconds);
      rows.resume(state.rows);
      if (state.rows) blocks.ignore(state.rows);
    },
    unevenSoFar: (): readonly CountPlace[] => {
      const open = blocks.openAt();
      return [...seconds.unevenSoFar(), ...rows.unevenSoFar(), ...(open ? [open] : [])];
    },
    finish: (): readonly CountPlace[] => {
      blocks.close();
      return [...seconds.uneven(), ...rows.uneven()];
    },
  };
};

/**
 * Adds up the items of one user as they pass in the order of their keys: accounts come before counts, counts before
 * entries, entries before counts by the second, those before rows. Holds a few numbers an account, of the history the
 * index by hours, which the calendar bounds, and the rows of ten minutes by seconds.
 */
export const createTally = (userId: string) => {
  const accounts = accountTally();
  const history = historyTally(userId);
  return {
    userId,
    passAccount: accounts.passAccount,
    passEntry: accounts.passEntry,
    /** What did not come out even of accounts whose entries have all passed, once an item of that sort key has. */
    takeAccounts: (sk: string): readonly UnevenAccount[] => accounts.takeBefore(sk),
    passCount: history.passCount,
    passSeconds: history.passSeconds,
    passRow: history.passRow,
    /** Rows that are to be held against the index by seconds. */
    takeBlocks: (): readonly Block[] => history.takeBlocks(),
    /** What is to be kept to go on later, and what did not come out even so far. */
    stop: (): Stopped => ({
      state: { userId, accounts: accounts.state(), ...history.state() },
      uneven: { userId, accounts: [], counts: history.unevenSoFar() },
    }),
    /** Goes on from a state; items of the index by hours that were passed before are to be passed again first. */
    resume: (state: TallyState): void => {
      accounts.resume(state.accounts);
      history.resume(state);
    },
    /** After the user's last item. */
    finish: (): Uneven => ({ userId, accounts: accounts.uneven(), counts: history.finish() }),
  };
};

export type Tally = ReturnType<typeof createTally>;
