import { ledgerPartition } from '../account.ts';
import type { Block } from './block-tally.ts';
import { asStored, type Stored } from './check.ts';
import { USER_PARTITION } from './item-check.ts';
import type { Verifying } from './lookup.ts';
import { isUnreadable } from './unreadable.ts';
import { createTally, type Stopped, type Tally, type TallyState, type Uneven } from './user-tally.ts';

/** Months that an index can have, of every class and asset. */
const MOST_COUNTS = 4_200;

/** What cannot be read is reported as such, and adds nothing. */
const tolerant = (pass: (item: Stored) => void, item: Stored): void => {
  try {
    pass(item);
  } catch (error) {
    if (!isUnreadable(error)) throw error;
  }
};

const passTo = (tally: Tally, item: Stored, readAt: number): void => {
  const { sk } = item;
  if (sk.startsWith('ACCOUNT#')) tolerant(tally.passAccount, item);
  else if (sk.startsWith('COUNT#')) tolerant(tally.passCount, item);
  else if (sk.startsWith('ENTRY#')) tolerant((entry) => tally.passEntry(entry, readAt), item);
  else if (sk.startsWith('FINE#')) tolerant(tally.passSeconds, item);
  else if (sk.startsWith('ROW#')) tolerant(tally.passRow, item);
};

const resumed = async ({ tables, clock }: Verifying, state: TallyState, afterSk: string): Promise<Tally> => {
  const tally = createTally(state.userId);
  const partition = ledgerPartition(state.userId);
  const counts = await tables.ledger.query({ partition, sortPrefix: 'COUNT#', limit: MOST_COUNTS });
  for (const item of counts.map(asStored)) if (item.sk <= afterSk) passTo(tally, item, clock.now());
  tally.resume(state);
  return tally;
};

/** Follows a pass from partition to partition, and gives the users whose items did not come out even. */
export const followUsers = async (
  verifying: Verifying,
  from: { readonly after: { readonly sk: string }; readonly tally: TallyState | null } | undefined,
) => {
  let tally = from?.tally ? await resumed(verifying, from.tally, from.after.sk) : undefined;

  const closed: Block[] = [];

  const finish = (): readonly Uneven[] => {
    const uneven = tally?.finish();
    closed.push(...(tally?.takeBlocks() ?? []));
    tally = undefined;
    return uneven ? [uneven] : [];
  };

  return {
    /**
     * @param readAt when the item was read, or before, in epoch milliseconds.
     * @returns the user before, when this is the first item of another partition; the user's accounts whose last entry
     *   came before it, at once, since one in use gets further from its entries the longer it waits.
     */
    pass: (item: Stored, readAt: number): readonly Uneven[] => {
      const userId = item.pk.startsWith(USER_PARTITION) ? item.pk.slice(USER_PARTITION.length) : undefined;
      const before = tally && tally.userId !== userId ? finish() : [];
      if (userId === undefined) return before;
      tally ??= createTally(userId);
      passTo(tally, item, readAt);
      const accounts = tally.takeAccounts(item.sk);
      return accounts.length > 0 ? [...before, { userId, accounts, counts: [] }] : before;
    },
    finish,
    /** Rows that are to be held against the index by seconds by now. */
    takeBlocks: (): readonly Block[] => [...closed.splice(0), ...(tally?.takeBlocks() ?? [])],
    /** Stops in the middle of a user's items; `undefined` between two users. */
    stop: (): Stopped | undefined => tally?.stop(),
  };
};
