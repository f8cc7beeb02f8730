import * as z from 'zod/mini';
import type { LedgerChecked } from '../../contracts/ledger-problems.ts';
import type { Item, Key } from '../../platform/writes.ts';
import type { Find } from './lookup.ts';
import { type Problem, problemAt } from './problem.ts';
import { isUnreadable } from './unreadable.ts';

/** How one item is proved: by what it says and by other items, each found by its key. */
export interface Check {
  /** What it is counted as. */
  readonly counted?: LedgerChecked;
  readonly self: Key;
  /** Keys of what it is held against. */
  readonly needs: readonly Key[];
  readonly judge: (find: Find) => readonly Problem[];
}

/** An item with the key that every one has. */
export type Stored = Item & Key;

const stored = z.looseObject({ pk: z.string(), sk: z.string() });

export const asStored = (item: Item): Stored => stored.parse(item);

/** Makes the check of an item; of one that cannot be read, a check that says so. */
export const readable = (item: Stored, counted: LedgerChecked, make: () => Omit<Check, 'self' | 'counted'>): Check => {
  const self = { pk: item.pk, sk: item.sk };
  try {
    return { self, counted, ...make() };
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    const fields = [...new Set(error.issues.map(({ path }) => path.join('.')))];
    const found = [problemAt(self, 'unreadable', `not as it must be: ${fields.join(', ') || 'the whole item'}`)];
    return { self, counted, needs: [], judge: () => found };
  }
};
