import { WalletStatus } from '../../contracts/enums.ts';
import type { Groups } from '../../platform/commit-groups.ts';
import type { Core, TableWith } from '../../platform/platform.ts';
import { ABSENT, type Write } from '../../platform/writes.ts';
import { available, frozen } from '../account.ts';
import { addRow, changeRow } from '../history/row.ts';
import { post } from '../journal.ts';
import type { Units } from '../units.ts';
import { giveBackToDay, spendOfDay } from './daily-limit.ts';
import { receiverRow, senderRow } from './rows.ts';
import { openTo, type TransferEvent } from './states.ts';
import { expiryKey, type Transfer, transferKey } from './transfer.ts';

/** What describing the writes takes: those that open a transfer, and those that come after. */
export interface OpeningWriter extends Pick<Core, 'random'> {
  readonly tables: { readonly ledger: TableWith<'put' | 'update'> };
}

export interface TransferWriter extends Pick<Core, 'random'> {
  readonly tables: { readonly ledger: TableWith<'put' | 'update' | 'delete'> };
}

/** Why money was not taken: the day's limit or the balance does not allow it. */
export type OpenRefusal = 'limit' | 'funds';

/** Events that change the state. */
export type Step = Exclude<TransferEvent, 'resend'>;

const spendingOf = ({ senderId, asset, createdAt, amount }: Transfer) => ({
  userId: senderId,
  asset,
  at: createdAt,
  amount,
});

/** The writes that freeze the money and make the transfer; of the booking the movement comes first, see `isBooked`. */
export const opening = (
  { tables, random }: OpeningWriter,
  transfer: Transfer,
  dailyLimit: Units | undefined,
): Groups<OpenRefusal | 'booking'> => {
  const { id, senderId, asset, amount, createdAt } = transfer;
  const legs = [
    { account: available(senderId, asset), amount: -amount },
    { account: frozen(senderId, asset), amount },
  ];
  const hold = { journalId: `transfer-${id}-hold`, at: createdAt, legs };
  const { journal, debits, credits } = post(tables.ledger, hold, random);
  return {
    limit: [spendOfDay(tables.ledger, spendingOf(transfer), dailyLimit)],
    funds: debits,
    booking: [
      ...journal,
      ...credits,
      tables.ledger.put({ ...transferKey(id), ...transfer }, ABSENT),
      tables.ledger.put({ ...expiryKey(transfer), id }, ABSENT),
      ...addRow(tables.ledger, senderRow(transfer)),
    ],
  };
};

/**
 * The write that changes the state, on the condition that the table of states sets; refused where another event was
 * faster.
 *
 * @param next the transfer as it is after the event.
 * @param linkHash the mailed link that must still be the newest, if the event came by one.
 */
export const changeState = (
  table: TableWith<'update'>,
  next: Transfer,
  event: TransferEvent,
  linkHash?: string,
): Write => {
  const { states, deadline } = openTo(event);
  const from = Object.fromEntries(states.map((state, index) => [`:from${index}`, state]));
  const isNewest = linkHash === undefined ? '' : ' AND linkHash = :link';
  return table.update(transferKey(next.id), {
    update: 'SET #status = :to, updatedAt = :now',
    condition: `#status IN (${Object.keys(from).join(', ')}) AND ${deadline}${isNewest}`,
    names: { '#status': 'status' },
    values: {
      ':to': next.status,
      ':now': next.updatedAt,
      ...from,
      ...(linkHash !== undefined && { ':link': linkHash }),
    },
  });
};

/** The write that has the sender's history say the new state. */
export const changeSenderRow = (table: TableWith<'update'>, next: Transfer): Write =>
  changeRow(table, senderRow(next), next);

/** The writes that end a transfer: its money goes to the receiver or back, and it waits to expire no more. */
export const closing = ({ tables, random }: TransferWriter, next: Transfer): readonly Write[] => {
  const { id, senderId, receiverId, asset, amount, updatedAt } = next;
  const settles = next.status === WalletStatus.COMPLETED;
  const legs = [
    { account: frozen(senderId, asset), amount: -amount },
    { account: available(settles ? receiverId : senderId, asset), amount },
  ];
  const journalId = `transfer-${id}-${settles ? 'settle' : 'release'}`;
  const { journal, debits, credits } = post(tables.ledger, { journalId, at: updatedAt, legs }, random);
  return [
    tables.ledger.delete(expiryKey(next)),
    ...journal,
    ...debits,
    ...credits,
    changeSenderRow(tables.ledger, next),
    ...(settles ? addRow(tables.ledger, receiverRow(next)) : [giveBackToDay(tables.ledger, spendingOf(next))]),
  ];
};
