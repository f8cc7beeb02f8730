import { MINUTE } from '../../platform/clock.ts';
import type { Key } from '../../platform/writes.ts';
import { accountItem, accountKey, type UserAccount } from '../account.ts';
import { entryItem, userEntryPrefix } from '../entry.ts';
import { timeKey } from '../record-id.ts';
import type { Units } from '../units.ts';
import type { Verifying } from './lookup.ts';
import { type Problem, problemAt } from './problem.ts';
import { LOOKS, pauseBefore } from './settle.ts';

/** What the entries of an account come to. */
interface Sum {
  readonly amount: Units;
  readonly entries: number;
}

const PAGE = 1000;

/**
 * Entries older than this are all there: functions end within half a minute of the time that they write. They are added
 * up once, however often the newer ones have to be.
 */
const QUIET = MINUTE;

/** Looks at an account that changes while it is looked at. */
const TRIES = 12;

interface Span {
  readonly from: string;
  readonly to: string;
}

const addUp = async ({ tables }: Verifying, { pk: partition }: Key, { from, to }: Span): Promise<Sum> => {
  let sum: Sum = { amount: 0n, entries: 0 };
  let sortFrom = from;
  for (let seen: string | undefined; ;) {
    const items = await tables.ledger.query({ partition, sortPrefix: from, sortFrom, sortTo: to, limit: PAGE });
    const fresh = items.filter(({ sk }) => sk !== seen);
    for (const item of fresh) {
      // One that cannot be read is a problem by itself.
      const amount = entryItem.safeParse(item).data?.amount ?? 0n;
      sum = { amount: sum.amount + amount, entries: sum.entries + 1 };
    }
    const last = items.at(-1)?.['sk'];
    if (items.length < PAGE || typeof last !== 'string' || last === seen) return sum;
    seen = last;
    sortFrom = last;
  }
};

const readState = async ({ tables }: Verifying, key: Key) => {
  const { balance = 0n, entries = 0 } = accountItem.safeParse(await tables.ledger.get(key)).data ?? {};
  return { balance, entries };
};

/**
 * Compares a balance with its entries, however much the account is in use: only where no movement came between two
 * looks at the account are the entries in between all of its entries. What differs has to do so several times.
 *
 * @returns problems; `undefined` when the account never held still.
 */
export const proveAccount = async (
  verifying: Verifying,
  account: UserAccount,
): Promise<readonly Problem[] | undefined> => {
  const key = accountKey(account);
  const prefix = userEntryPrefix(account);
  const border = `${prefix}${timeKey(verifying.clock.now() - QUIET)}`;
  const old = await addUp(verifying, key, { from: prefix, to: border });
  let differed = 0;
  for (let look = 1; look <= TRIES; look += 1) {
    const before = await readState(verifying, key);
    const recent = await addUp(verifying, key, { from: border, to: `${prefix}\u{10FFFF}` });
    const after = await readState(verifying, key);
    if (before.entries === after.entries) {
      const rest = after.balance - old.amount - recent.amount;
      const entries = old.entries + recent.entries;
      const negative =
        after.balance < 0n ? [problemAt(key, 'balance-negative', 'less than nothing is on the account')] : [];
      if (rest === 0n && entries === after.entries) return negative;
      differed += 1;
      const detail = `${rest} units over its entries; says ${after.entries} entries, and has ${entries}`;
      if (differed === LOOKS) return [problemAt(key, 'balance-differs', detail), ...negative];
    }
    if (look < TRIES) await pauseBefore(verifying, Math.min(look, LOOKS));
  }
  return undefined;
};
