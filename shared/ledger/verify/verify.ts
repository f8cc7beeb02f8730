import type { LedgerChecked } from '../../contracts/ledger-problems.ts';
import { asStored, type Stored } from './check.ts';
import type { Cursor } from './cursor.ts';
import { checkOf } from './item-check.ts';
import { itemProblems } from './item-problems.ts';
import type { Verifying } from './lookup.ts';
import { followUsers } from './partition.ts';
import type { Problem } from './problem.ts';
import { proveUneven, unevenBlocks } from './prove.ts';
import { addToSums, noSums, type Sums } from './sums.ts';
import type { Uneven } from './user-tally.ts';

export type Checked = Record<LedgerChecked, number>;

export const noneChecked = (): Checked => ({
  items: 0,
  accounts: 0,
  entries: 0,
  journals: 0,
  transfers: 0,
  expiries: 0,
  rows: 0,
  counts: 0,
  unsettled: 0,
});

/** How far one part of a pass goes. */
export interface Bounds {
  /** Epoch milliseconds. What is begun is ended, which takes a second or two where much looks wrong. */
  readonly until: number;
  readonly items: number;
  /** A ledger that is wrong all over would never end an answer. */
  readonly problems: number;
}

export interface Verified {
  readonly checked: Checked;
  readonly problems: readonly Problem[];
  readonly sums: Sums;
  /** Where to go on; `null` when all of the ledger has been passed. */
  readonly next: Cursor | null;
}

/** Items of a page: with all that belongs to them a few hundred more, which are in memory together. */
const PAGE = 250;

/** Passes the items of a page: gives problems of single ones. */
const checkPage = async (verifying: Verifying, items: readonly Stored[], checked: Checked) => {
  const checks = items.flatMap((item) => checkOf(item) ?? []);
  checked.items += items.length;
  for (const { counted } of checks) if (counted) checked[counted] += 1;
  return itemProblems(verifying, checks);
};

/**
 * Proves the ledger, part by part, while it is in use: that movements and entries are each other's and sum to zero, that
 * balances equal their entries, that no transfer is half done, that histories and their counts say what happened. Each
 * proof needs but a few items, and together they imply that no money came from nowhere or went there.
 *
 * @param from where the part before ended.
 * @throws StoreBusyError when the store is throttled for long.
 */
export const verifyPart = async (verifying: Verifying, from: Cursor | undefined, bounds: Bounds): Promise<Verified> => {
  const { tables, clock } = verifying;
  const checked = noneChecked();
  const sums = noSums();
  const problems: Problem[] = [];
  const users = await followUsers(verifying, from);
  const proven = new Set<string>();
  const takeUneven = async (uneven: readonly Uneven[]): Promise<void> => {
    const proof = await proveUneven(verifying, uneven, proven);
    problems.push(...proof.problems);
    checked.unsettled += proof.unsettled;
  };
  for (let after = from?.after; ;) {
    const limit = Math.min(PAGE, bounds.items - checked.items);
    const readAt = clock.now();
    const page = await tables.ledger.scan({ limit, after });
    const items = page.items.map(asStored);
    problems.push(...(await checkPage(verifying, items, checked)));
    for (const item of items) addToSums(sums, item);
    const uneven = items.flatMap((item) => users.pass(item, readAt));
    if (!page.next) uneven.push(...users.finish());
    await takeUneven([...uneven, ...(await unevenBlocks(verifying, users.takeBlocks()))]);
    if (!page.next) return { checked, problems, sums, next: null };
    after = page.next;
    const full = checked.items >= bounds.items || problems.length >= bounds.problems;
    if (full || clock.now() >= bounds.until) {
      const stopped = users.stop();
      if (stopped) await takeUneven([stopped.uneven]);
      return { checked, problems, sums, next: { after, tally: stopped?.state ?? null } };
    }
  }
};
