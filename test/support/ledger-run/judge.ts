import { WalletStatus } from '../../../shared/contracts/enums.ts';
import { accountKey, type UserAccount } from '../../../shared/ledger/account.ts';
import { entryKey, userEntryPrefix } from '../../../shared/ledger/entry.ts';
import { imbalance } from '../../../shared/ledger/journal.ts';
import type { Units } from '../../../shared/ledger/units.ts';
import type { Everything } from './everything.ts';

/** What is wrong with a ledger, in sentences; nothing, if it is sound. */
export type Complaints = readonly string[];

const placeOf = ({ pk, sk }: { readonly pk: string; readonly sk: string }): string => `${pk} ${sk}`;

/** Every movement sums to zero and has exactly the entries that it names. */
const judgeJournals = ({ journals, entries }: Everything): Complaints => {
  const left = new Map(entries.map((entry) => [placeOf(entry), entry.value.amount]));
  const complaints = journals.flatMap(({ value: { legs, journalId, at } }) => {
    const wrong = legs.flatMap(({ account, shard, amount }) => {
      const place = placeOf(entryKey(account, shard, { journalId, at }));
      const entered = left.get(place);
      left.delete(place);
      return entered === amount ? [] : [`${journalId} books ${amount} and ${place} has ${entered}`];
    });
    return imbalance(legs).size > 0 ? [...wrong, `${journalId} does not sum to zero`] : wrong;
  });
  return [...complaints, ...[...left.keys()].map((place) => `${place} belongs to no movement`)];
};

const accountOf = (pk: string, { asset, kind }: Pick<UserAccount, 'asset' | 'kind'>): UserAccount => ({
  owner: 'user',
  userId: pk.replace('USER#', ''),
  asset,
  kind,
});

/** Every balance is the sum of its entries, and none is below zero. */
const judgeBalances = ({ accounts, entries }: Everything): Complaints => {
  const owned = Map.groupBy(entries, ({ pk }) => pk);
  let counted = 0;
  const complaints = accounts.flatMap(({ pk, value }) => {
    const account = accountOf(pk, value);
    const own = (owned.get(accountKey(account).pk) ?? []).filter(({ sk }) => sk.startsWith(userEntryPrefix(account)));
    counted += own.length;
    const sum = own.reduce((total, entry) => total + entry.value.amount, 0n);
    return [
      ...(value.balance === sum ? [] : [`${pk} ${value.kind} is ${value.balance} and its entries are ${sum}`]),
      ...(value.entries === own.length ? [] : [`${pk} counts ${value.entries} entries and has ${own.length}`]),
      ...(value.balance < 0n ? [`${pk} ${value.kind} is below zero`] : []),
    ];
  });
  const ofUsers = entries.filter(({ pk }) => pk.startsWith('USER#')).length;
  return counted === ofUsers
    ? complaints
    : [...complaints, `${ofUsers - counted} entries are on accounts without balance`];
};

/** All entries of users and the house together are zero. */
const judgeTotal = ({ entries }: Everything): Complaints => {
  const assets = new Map<string, Units>();
  for (const { pk, sk, value } of entries) {
    const asset = pk.startsWith('USER#') ? sk.split('#')[1] : pk.split('#').at(-2);
    assets.set(asset ?? '', (assets.get(asset ?? '') ?? 0n) + value.amount);
  }
  return [...assets].flatMap(([asset, sum]) => (sum === 0n ? [] : [`all ${asset} together are ${sum}`]));
};

const MOVEMENTS: Readonly<Record<number, readonly string[]>> = {
  [WalletStatus.PENDING]: ['hold'],
  [WalletStatus.EMAIL_CONFIRMED]: ['hold'],
  [WalletStatus.COMPLETED]: ['hold', 'settle'],
  [WalletStatus.USER_CANCELLED]: ['hold', 'release'],
  [WalletStatus.EXPIRED]: ['hold', 'release'],
};

/** Every transfer has the movements that its state stands for, no others, and each of them two opposite entries. */
const judgeTransfers = ({ transfers, journals }: Everything): Complaints => {
  const left = new Map(journals.map(({ value }) => [value.journalId, value.legs]));
  const complaints = transfers.flatMap(({ value: { id, status, amount } }) =>
    (MOVEMENTS[status] ?? []).flatMap((movement) => {
      const amounts = left.get(`transfer-${id}-${movement}`)?.map((leg) => leg.amount) ?? [];
      left.delete(`transfer-${id}-${movement}`);
      const isPair = amounts.length === 2 && amounts.includes(amount) && amounts.includes(-amount);
      return isPair
        ? []
        : [`the ${movement} of transfer ${id} of ${amount} moves ${amounts.join(' and ') || 'nothing'}`];
    }),
  );
  const alone = [...left.keys()].filter((journalId) => journalId.startsWith('transfer-'));
  return [...complaints, ...alone.map((journalId) => `${journalId} does not fit the state of its transfer`)];
};

/** Judges a ledger at rest, from nothing but what is stored, by rules written anew here. */
export const judge = (everything: Everything): Complaints => [
  ...judgeJournals(everything),
  ...judgeBalances(everything),
  ...judgeTotal(everything),
  ...judgeTransfers(everything),
];
