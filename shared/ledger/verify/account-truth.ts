import type { Key } from '../../platform/writes.ts';
import { accountItem, accountKey, type UserAccount } from '../account.ts';
import { entryItem, userEntryPrefix } from '../entry.ts';
import type { Units } from '../units.ts';
import { NOTHING_SETTLED, type Settled } from './account-tally.ts';
import type { Verifying } from './lookup.ts';
import { type Problem, problemAt } from './problem.ts';
import { LOOKS, pauseBefore } from './settle.ts';

/** What the entries of an account come to. */
interface Sum {
  readonly amount: Units;
  readonly entries: number;
}

const PAGE = 1000;

/** Looks at an account that changes while it is looked at. */
const TRIES = 12;

/** Entries that are all read again before an account is called wrong: a second or two. */
const READ_AGAIN = 50_000;

/** Adds up the entries after that sort key, or all; those that are settled are never read again. */
const addUp = async ({ tables }: Verifying, account: UserAccount, upTo: string): Promise<Sum> => {
  const { pk: partition } = accountKey(account);
  const sortPrefix = userEntryPrefix(account);
  let sum: Sum = { amount: 0n, entries: 0 };
  for (let seen = upTo; ;) {
    const from = seen ? { sortFrom: seen } : {};
    const items = await tables.ledger.query({ partition, sortPrefix, ...from, limit: PAGE });
    const fresh = items.filter(({ sk }) => sk !== seen);
    for (const item of fresh) {
      // One that cannot be read is a problem by itself.
      const amount = entryItem.safeParse(item).data?.amount ?? 0n;
      sum = { amount: sum.amount + amount, entries: sum.entries + 1 };
    }
    const last = items.at(-1)?.['sk'];
    if (items.length < PAGE || typeof last !== 'string' || last === seen) return sum;
    seen = last;
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
 * @param settled what its oldest entries came to when they were passed: an account in use is never even, and may have
 *   millions of them.
 * @returns problems; `undefined` when the account never held still.
 */
export const proveAccount = async (
  verifying: Verifying,
  account: UserAccount,
  settled: Settled,
): Promise<readonly Problem[] | undefined> => {
  const key = accountKey(account);
  let differed = 0;
  for (let look = 1; look <= TRIES; look += 1) {
    const before = await readState(verifying, key);
    const recent = await addUp(verifying, account, settled.upTo);
    const after = await readState(verifying, key);
    if (before.entries === after.entries) {
      const rest = after.balance - settled.amount - recent.amount;
      const entries = settled.entries + recent.entries;
      const negative =
        after.balance < 0n ? [problemAt(key, 'balance-negative', 'less than nothing is on the account')] : [];
      if (rest === 0n && entries === after.entries) return negative;
      differed += 1;
      const detail = `${rest} units over its entries; says ${after.entries} entries, and has ${entries}`;
      // One that was written long after its time is not among those that passed.
      const mayBeLate = settled.entries > 0 && settled.entries <= READ_AGAIN;
      if (differed === LOOKS && mayBeLate) return proveAccount(verifying, account, NOTHING_SETTLED);
      if (differed === LOOKS) return [problemAt(key, 'balance-differs', detail), ...negative];
    }
    if (look < TRIES) await pauseBefore(verifying, Math.min(look, LOOKS));
  }
  return undefined;
};
