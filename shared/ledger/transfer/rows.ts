import { InOutType, WalletRecordType } from '../../contracts/enums.ts';
import type { HistoryRow } from '../history/row.ts';
import type { Transfer } from './transfer.ts';

const common = ({ id, asset, amount, status, createdAt, updatedAt }: Transfer) =>
  ({ class: 'FLOW', asset, id, at: createdAt, updatedAt, amount, status }) as const;

/** What the sender's history says of a transfer, from the beginning. */
export const senderRow = (transfer: Transfer): HistoryRow => ({
  ...common(transfer),
  userId: transfer.senderId,
  type: WalletRecordType.TRANSFER_OUT,
  inOutType: InOutType.OUT,
  counterparty: transfer.receiverName,
});

/** What the receiver's history says of it, once it has arrived. */
export const receiverRow = (transfer: Transfer): HistoryRow => ({
  ...common(transfer),
  userId: transfer.receiverId,
  type: WalletRecordType.TRANSFER_IN,
  inOutType: InOutType.IN,
  counterparty: transfer.senderName,
});
