import type { transferConfirm } from '../../contracts/endpoints/capital/transfer-confirm.ts';
import { checkReceiver, checkSender, refusalByCheck, type SenderRefusal } from '../../identity/money-parties.ts';
import type { Caller } from '../../identity/session-store.ts';
import type { Platform } from '../../platform/platform.ts';
import type { RecordId } from '../record-id.ts';
import { closeTransfer } from './commands.ts';
import { tellOfArrival } from './mails.ts';
import { ownOf } from './own.ts';
import type { Transfer } from './transfer.ts';

type Confirmed =
  | { readonly ok: true; readonly data: RecordId }
  | SenderRefusal
  | { readonly ok: false; readonly code: 'NOT_FOUND' | 'ILLEGAL_STATE' | 'RECEIVER_UNAVAILABLE' };

/**
 * Gives the money to the receiver, who is told by mail (API 8.4). That the sender may still send and the receiver still
 * receive is a condition of the same transaction.
 */
export const confirmTransfer = async (
  platform: Platform<(typeof transferConfirm)['uses']>,
  caller: Caller,
  read: Transfer | undefined,
): Promise<Confirmed> => {
  const { tables, clock } = platform;
  const transfer = ownOf(caller, read);
  if (!transfer) return { ok: false, code: 'NOT_FOUND' };
  const now = clock.now();
  const stepped = await closeTransfer(platform, transfer, 'confirm', (next) => ({
    sender: [checkSender(tables.users, next.senderId, now)],
    receiver: [checkReceiver(tables.users, next.receiverId)],
    mail: [tellOfArrival(platform, next)],
  }));
  if (stepped.outcome === 'refused') return { ok: false, code: 'ILLEGAL_STATE' };
  if (stepped.outcome !== 'stopped') return { ok: true, data: transfer.id };
  if (stepped.by.has('sender')) return refusalByCheck(stepped.by.get('sender'), now);
  return { ok: false, code: 'RECEIVER_UNAVAILABLE' };
};
