import type { Item, Key } from '../../platform/writes.ts';
import { parseRow, type StoredRow } from '../history/row.ts';
import { type Journal, journalItem, journalKey } from '../journal.ts';
import type { Check, Stored } from './check.ts';
import type { Find } from './lookup.ts';
import { type Problem, problemAt } from './problem.ts';
import { contradictionOf, doneRecord, dueRows, journalIdOfRecord, recordOfJournal } from './record-movements.ts';

/** A row that cannot be read is a problem by itself. */
const tryRow = (item: Item): StoredRow | undefined => {
  try {
    return parseRow(item);
  } catch {
    return undefined;
  }
};

interface RecordProof {
  readonly needs: readonly Key[];
  readonly judge: (find: Find) => readonly Problem[];
}

/** The movement of a deposit, adjustment, conversion or payment is in the history; `undefined` where it is of none. */
export const recordedProof = (item: Stored, journal: Journal): RecordProof | undefined => {
  const record = recordOfJournal(journal.journalId);
  if (!record) return undefined;
  const due = dueRows(record, journal);
  return {
    needs: due.map(({ key }) => key),
    judge: (find) =>
      due.flatMap((one) => {
        const found = find(one.key);
        if (!found) return [problemAt(item, 'movement-unrecorded', `the history lacks ${one.key.sk}`)];
        const row = tryRow(found);
        const wrong = row && contradictionOf(row, one);
        return wrong ? [problemAt(item, wrong, `the history says something else at ${one.key.sk}`)] : [];
      }),
  };
};

/** A row of what is no transfer has a movement with a leg that it tells of. */
export const recordRowCheck = (item: Stored, row: StoredRow): Pick<Check, 'needs' | 'judge'> => {
  const record = doneRecord(row.id);
  if (!record) {
    const found = [problemAt(item, 'row-unfounded', 'its id is that of no deposit, adjustment, conversion or payment')];
    return { needs: [], judge: () => found };
  }
  const journalId = journalIdOfRecord(record);
  return {
    needs: [journalKey(journalId)],
    judge: (find) => {
      const found = find(journalKey(journalId));
      if (!found) return [problemAt(item, 'row-unfounded', `there is no movement ${journalId}`)];
      const journal = journalItem.safeParse(found).data;
      if (!journal) return [];
      const due = dueRows(record, journal).find(({ key }) => key.pk === item.pk && key.sk === item.sk);
      if (!due) return [problemAt(item, 'row-unfounded', `the movement ${journalId} has no leg for it`)];
      const wrong = contradictionOf(row, due);
      return wrong ? [problemAt(item, wrong, `the movement ${journalId} says something else`)] : [];
    },
  };
};
