import type { Key } from '../../platform/writes.ts';
import { nameOf } from '../account.ts';
import { entryItem, entryKey } from '../entry.ts';
import { type BookedLeg, imbalance, type Journal, journalItem, journalKey } from '../journal.ts';
import { type Check, readable, type Stored } from './check.ts';
import { type Problem, problemAt } from './problem.ts';
import { recordedProof } from './record-checks.ts';
import { transferKey } from '../transfer/transfer.ts';
import { transferOfJournal } from './transfer-movements.ts';

const isAt = (key: Key, { pk, sk }: Key): boolean => key.pk === pk && key.sk === sk;

const entryOf = (journal: Journal, leg: BookedLeg): Key => entryKey(leg.account, leg.shard, journal);

/** A movement sums to zero, has its entries, and is of a transfer or in the history. */
export const journalCheck = (item: Stored): Check =>
  readable(item, 'journals', () => {
    const journal = journalItem.parse(item);
    const { journalId, at, legs } = journal;
    const transferId = transferOfJournal(journalId);
    const fixed: Problem[] = [];
    if (!isAt(item, journalKey(journalId))) fixed.push(problemAt(item, 'unreadable', 'it lies under another id'));
    const left = [...imbalance(legs).keys()];
    if (left.length > 0) fixed.push(problemAt(item, 'journal-unbalanced', `legs of ${left.join(', ')} leave a rest`));
    const recorded = recordedProof(item, journal);
    if (transferId === undefined && !recorded)
      fixed.push(
        problemAt(item, 'movement-unknown', 'its id is of no transfer, deposit, adjustment, conversion or payment'),
      );
    if (legs.length === 0) fixed.push(problemAt(item, 'journal-unbalanced', 'it has no legs'));
    return {
      needs: [
        ...legs.map((leg) => entryOf(journal, leg)),
        ...(transferId === undefined ? [] : [transferKey(transferId)]),
        ...(recorded?.needs ?? []),
      ],
      judge: (find) => {
        const problems = legs.flatMap((leg) => {
          const found = find(entryOf(journal, leg));
          const where = `the entry on ${nameOf(leg.account)}`;
          if (!found) return [problemAt(item, 'entry-missing', `${where} is missing`)];
          const entry = entryItem.safeParse(found).data;
          const same = entry?.amount === leg.amount && entry.at === at && entry.journalId === journalId;
          return same ? [] : [problemAt(item, 'entry-differs', `${where} says something else`)];
        });
        const orphaned = transferId !== undefined && !find(transferKey(transferId));
        const orphan = orphaned ? [problemAt(item, 'transfer-missing', `there is no transfer ${transferId}`)] : [];
        return [...fixed, ...problems, ...orphan, ...(recorded?.judge(find) ?? [])];
      },
    };
  });

/** An entry has a movement with a leg of that amount at that very place. */
export const entryCheck = (item: Stored): Check =>
  readable(item, 'entries', () => {
    const { journalId, amount } = entryItem.parse(item);
    return {
      needs: [journalKey(journalId)],
      judge: (find) => {
        const journal = journalItem.safeParse(find(journalKey(journalId))).data;
        if (!journal) return [problemAt(item, 'entry-unfounded', `there is no movement ${journalId}`)];
        const own = journal.legs.find((leg) => isAt(item, entryOf(journal, leg)));
        if (!own) return [problemAt(item, 'entry-unfounded', `the movement ${journalId} has no leg for it`)];
        if (own.amount === amount) return [];
        return [problemAt(item, 'entry-differs', `the leg of ${journalId} has another amount`)];
      },
    };
  });
