import { accountItem, ACCOUNT_PREFIX } from '../account.ts';
import { HOUSE_ENTRY_PREFIX } from '../entry.ts';
import { hoursOf } from '../history/count-index.ts';
import { secondsOf } from '../history/second-index.ts';
import { type Check, readable, type Stored } from './check.ts';
import { entryCheck, journalCheck } from './movement-checks.ts';
import { expiryCheck, rowCheck, transferCheck } from './transfer-checks.ts';

/** Whose items lie in a partition that begins so. */
export const USER_PARTITION = 'USER#';

/** Accounts and counts are held against what follows them in the partition: here only whether they can be read. */
const standsAlone = { needs: [], judge: () => [] } as const;

const accountCheck = (item: Stored): Check =>
  readable(item, 'accounts', () => {
    accountItem.parse(item);
    return standsAlone;
  });

const countCheck = (item: Stored): Check =>
  readable(item, 'counts', () => {
    hoursOf(item);
    return standsAlone;
  });

const secondsCheck = (item: Stored): Check =>
  readable(item, 'counts', () => {
    secondsOf(item);
    return standsAlone;
  });

type MakeCheck = (item: Stored) => Check;

/** By how the sort keys of a user's items begin. */
const OF_USER: readonly (readonly [string, MakeCheck])[] = [
  [ACCOUNT_PREFIX, accountCheck],
  ['COUNT#', countCheck],
  ['ENTRY#', entryCheck],
  ['FINE#', secondsCheck],
  ['ROW#', rowCheck],
];

/** By how partitions begin. */
const OF_OTHERS: readonly (readonly [string, MakeCheck])[] = [
  ['JOURNAL#', journalCheck],
  ['TRANSFER#', transferCheck],
  ['EXPIRY#', expiryCheck],
];

/** What is to be checked of an item; `undefined` for what is not money. */
export const checkOf = (item: Stored): Check | undefined => {
  const { pk, sk } = item;
  if (pk.startsWith(USER_PARTITION)) return OF_USER.find(([prefix]) => sk.startsWith(prefix))?.[1](item);
  if (pk.startsWith('HOUSE#')) return sk.startsWith(HOUSE_ENTRY_PREFIX) ? entryCheck(item) : undefined;
  return OF_OTHERS.find(([prefix]) => pk.startsWith(prefix))?.[1](item);
};
