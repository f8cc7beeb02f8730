import { WalletStatus } from '../../contracts/enums.ts';
import { available, frozen, nameOf } from '../account.ts';
import type { Leg } from '../journal.ts';
import type { RecordId } from '../record-id.ts';
import type { TransferState } from '../transfer/states.ts';
import type { Transfer } from '../transfer/transfer.ts';

/** What can be booked for a transfer: its money is frozen, and then it arrives or comes back. */
export const TRANSFER_STEPS = ['hold', 'settle', 'release'] as const;

export type TransferStep = (typeof TRANSFER_STEPS)[number];

/** What has been booked in each state, no more and no less. */
export const STEPS_OF: Readonly<Record<TransferState, readonly TransferStep[]>> = {
  [WalletStatus.PENDING]: ['hold'],
  [WalletStatus.EMAIL_CONFIRMED]: ['hold'],
  [WalletStatus.COMPLETED]: ['hold', 'settle'],
  [WalletStatus.EXPIRED]: ['hold', 'release'],
  [WalletStatus.USER_CANCELLED]: ['hold', 'release'],
};

export const journalIdOf = (id: RecordId, step: TransferStep): string => `transfer-${id}-${step}`;

const OF_TRANSFER = new RegExp(`^transfer-(\\d{1,16})-(?:${TRANSFER_STEPS.join('|')})$`);

/** The transfer that a movement says it is of; `undefined` where it says none. */
export const transferOfJournal = (journalId: string): RecordId | undefined => {
  const [, id] = OF_TRANSFER.exec(journalId) ?? [];
  return id === undefined ? undefined : Number(id);
};

const ENDS = {
  hold: ({ senderId, asset }: Transfer) => [available(senderId, asset), frozen(senderId, asset)],
  settle: ({ senderId, receiverId, asset }: Transfer) => [frozen(senderId, asset), available(receiverId, asset)],
  release: ({ senderId, asset }: Transfer) => [frozen(senderId, asset), available(senderId, asset)],
} as const;

/** Whether the legs are those of that step: from the one account to the other, the whole amount. */
export const areOf = (legs: readonly Leg[], transfer: Transfer, step: TransferStep): boolean => {
  const [from, to] = ENDS[step](transfer);
  const wanted = new Map([
    [from && nameOf(from), -transfer.amount],
    [to && nameOf(to), transfer.amount],
  ]);
  return legs.length === wanted.size && legs.every(({ account, amount }) => wanted.get(nameOf(account)) === amount);
};
