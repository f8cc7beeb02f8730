import { WalletRecordType, WalletStatus } from '../../contracts/enums.ts';
import type { Item, Key } from '../../platform/writes.ts';
import { parseRow, rowKey, type StoredRow } from '../history/row.ts';
import { journalItem, journalKey } from '../journal.ts';
import { timeOfRecord } from '../record-id.ts';
import { isOpen } from '../transfer/states.ts';
import { expiryKey, type Transfer, transferItem, transferKey } from '../transfer/transfer.ts';
import { type Check, readable, type Stored } from './check.ts';
import type { Find } from './lookup.ts';
import { areOf, journalIdOf, STEPS_OF, TRANSFER_STEPS } from './transfer-movements.ts';
import { type Problem, problemAt } from './problem.ts';
import { recordRowCheck } from './record-checks.ts';

type Side = 'sender' | 'receiver';

const TYPES = { sender: WalletRecordType.TRANSFER_OUT, receiver: WalletRecordType.TRANSFER_IN } as const;

const rowKeyOf = ({ id, asset, senderId, receiverId }: Transfer, side: Side): Key =>
  rowKey({ userId: side === 'sender' ? senderId : receiverId, class: 'FLOW', asset, id, at: timeOfRecord(id) });

const isRowOf = (row: StoredRow | undefined, transfer: Transfer, side: Side): boolean =>
  row?.id === transfer.id &&
  row.type === TYPES[side] &&
  row.asset === transfer.asset &&
  row.amount === transfer.amount &&
  row.status === transfer.status;

const tryRow = (item: Item): StoredRow | undefined => {
  try {
    return parseRow(item);
  } catch {
    return undefined;
  }
};

const movementProblems = (transfer: Transfer, item: Stored, find: Find): readonly Problem[] =>
  TRANSFER_STEPS.flatMap((step) => {
    const found = find(journalKey(journalIdOf(transfer.id, step)));
    const due = STEPS_OF[transfer.status].includes(step);
    if (!found && !due) return [];
    const problem = (what: string) => [
      problemAt(item, 'transfer-movements', `with status ${transfer.status}, its ${step} ${what}`),
    ];
    if (!found) return problem('is missing');
    if (!due) return problem('must not be');
    const journal = journalItem.safeParse(found).data;
    return journal && areOf(journal.legs, transfer, step) ? [] : problem('moves something else');
  });

const rowProblems = (transfer: Transfer, item: Stored, find: Find): readonly Problem[] => {
  const sides: readonly Side[] = transfer.status === WalletStatus.COMPLETED ? ['sender', 'receiver'] : ['sender'];
  return sides.flatMap((side) => {
    const row = find(rowKeyOf(transfer, side));
    if (!row) return [problemAt(item, 'row-missing', `the history of the ${side} lacks it`)];
    if (isRowOf(tryRow(row), transfer, side)) return [];
    return [problemAt(item, 'row-differs', `the history of the ${side} says something else`)];
  });
};

const expiryProblems = (transfer: Transfer, item: Stored, find: Find): readonly Problem[] => {
  const waits = find(expiryKey(transfer)) !== undefined;
  if (waits === isOpen(transfer.status)) return [];
  return waits
    ? [problemAt(item, 'expiry-superfluous', 'it is closed, and waits to expire')]
    : [problemAt(item, 'expiry-missing', 'it is open, and nothing waits to expire it')];
};

/** What was booked, what the histories say and what waits to expire agree with the state of a transfer. */
export const transferCheck = (item: Stored): Check =>
  readable(item, 'transfers', () => {
    const transfer = transferItem.parse(item);
    const placed = item.pk === transferKey(transfer.id).pk && timeOfRecord(transfer.id) === transfer.createdAt;
    const fixed = placed ? [] : [problemAt(item, 'unreadable', 'id, place and time do not belong together')];
    return {
      needs: [
        ...TRANSFER_STEPS.map((step) => journalKey(journalIdOf(transfer.id, step))),
        rowKeyOf(transfer, 'sender'),
        rowKeyOf(transfer, 'receiver'),
        expiryKey(transfer),
      ],
      judge: (find) => [
        ...fixed,
        ...movementProblems(transfer, item, find),
        ...rowProblems(transfer, item, find),
        ...expiryProblems(transfer, item, find),
      ],
    };
  });

const ID = /#([1-9]\d{0,15})$/;

/** What waits to expire is an open transfer, at its own deadline. */
export const expiryCheck = (item: Stored): Check =>
  readable(item, 'expiries', () => {
    const key = transferKey(Number(ID.exec(item.sk)?.[1]));
    return {
      needs: [key],
      judge: (find) => {
        const found = find(key);
        if (!found) return [problemAt(item, 'transfer-missing', 'there is no such transfer')];
        const transfer = transferItem.safeParse(found).data;
        const own = transfer && expiryKey(transfer);
        if (transfer && isOpen(transfer.status) && own?.pk === item.pk && own.sk === item.sk) return [];
        return [problemAt(item, 'expiry-superfluous', 'its transfer is closed, or waits elsewhere')];
      },
    };
  });

const SIDES: ReadonlyMap<StoredRow['type'], Side> = new Map([
  [WalletRecordType.TRANSFER_OUT, 'sender'],
  [WalletRecordType.TRANSFER_IN, 'receiver'],
]);

/** A row of a transfer is in the history of who sent or got it, and says what the transfer says; others as their movement. */
export const rowCheck = (item: Stored): Check =>
  readable(item, 'rows', () => {
    const row = parseRow(item);
    const side = SIDES.get(row.type);
    if (!side) return recordRowCheck(item, row);
    const key = transferKey(row.id);
    return {
      needs: [key],
      judge: (find) => {
        const found = find(key);
        if (!found) return [problemAt(item, 'transfer-missing', 'there is no such transfer')];
        const transfer = transferItem.safeParse(found).data;
        if (!transfer) return [];
        const own = rowKeyOf(transfer, side);
        const arrived = side === 'sender' || transfer.status === WalletStatus.COMPLETED;
        if (own.pk !== item.pk || own.sk !== item.sk || !arrived)
          return [problemAt(item, 'row-superfluous', `it is not for the ${side} to see`)];
        if (isRowOf(row, transfer, side)) return [];
        return [problemAt(item, 'row-differs', `the transfer says something else, such as status ${transfer.status}`)];
      },
    };
  });
