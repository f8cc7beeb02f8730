import type { AssetName } from '../../contracts/assets.ts';
import { WalletStatus } from '../../contracts/enums.ts';
import { MINUTE } from '../../platform/clock.ts';
import { commitGroups, type Groups } from '../../platform/commit-groups.ts';
import type { Core, TableWith } from '../../platform/platform.ts';
import type { Item } from '../../platform/writes.ts';
import { isBooked } from '../journal.ts';
import { newRecordId, timeOfRecord } from '../record-id.ts';
import type { Units } from '../units.ts';
import { decide, type TransferEvent } from './states.ts';
import { EXPIRY_SHARDS, parseTransfer, type Party, type Transfer } from './transfer.ts';
import {
  changeSenderRow,
  changeState,
  closing,
  opening,
  type OpeningWriter,
  type OpenRefusal,
  type Step,
  type TransferWriter,
} from './writes.ts';

/** A transfer that is not confirmed by then is over (API 8.1). */
export const TRANSFER_LIFETIME = 30 * MINUTE;

/** What beginning to send money takes. */
export type OpeningPlatform = OpeningWriter & Pick<Core, 'clock' | 'commit'>;

/** What moving money on between users takes. */
export type TransferPlatform = TransferWriter & Pick<Core, 'clock' | 'commit'>;

/** What shall be sent. */
export interface TransferOrder {
  readonly sender: Party;
  readonly receiver: Party;
  readonly asset: AssetName;
  /** More than nothing. */
  readonly amount: Units;
  /** The most that the sender may send of the asset in a day; without it as much as there is. */
  readonly dailyLimit?: Units | undefined;
  /** Of the request that asks for it: what becomes of the transfer later is logged under it. */
  readonly requestId?: string | undefined;
}

/** The ledger is not as its own rules say it must be. */
export class LedgerError extends Error {
  override readonly name = 'LedgerError';
}

const newTransfer = ({ clock, random }: OpeningPlatform, order: TransferOrder): Transfer => {
  const { sender, receiver, asset, amount } = order;
  const id = newRecordId(clock.now(), random, 'transfer');
  const createdAt = timeOfRecord(id);
  return {
    id,
    requestId: order.requestId,
    senderId: sender.userId,
    senderName: sender.username,
    senderEmail: sender.email,
    senderLocale: sender.locale,
    receiverId: receiver.userId,
    receiverName: receiver.username,
    receiverEmail: receiver.email,
    receiverLocale: receiver.locale,
    asset,
    amount,
    status: WalletStatus.PENDING,
    createdAt,
    expiresAt: createdAt + TRANSFER_LIFETIME,
    expiryShard: random.int(EXPIRY_SHARDS),
    updatedAt: createdAt,
    resends: 0,
  };
};

/** Refused writes by their groups, each with the item that stood in the way. */
export type Refused<G extends string> = ReadonlyMap<G, Item | undefined>;

export type Opened<B extends string> =
  | { readonly ok: true; readonly transfer: Transfer }
  | { readonly ok: false; readonly refused: Refused<B | OpenRefusal | 'booking'> };

/** Two transfers of one millisecond have one id once in 1,024 times. */
const ID_TRIES = 4;

/**
 * Freezes the money and makes the transfer, in one transaction with whatever the caller adds.
 *
 * @param beside what else is written, in groups that a refusal names.
 * @throws StoreBusyError as `commit` does.
 */
export const openTransfer = async <B extends string>(
  platform: OpeningPlatform,
  order: TransferOrder,
  beside: (transfer: Transfer) => Groups<B>,
): Promise<Opened<B>> => {
  for (let tries = 0; tries < ID_TRIES; tries += 1) {
    const transfer = newTransfer(platform, order);
    const groups = { ...opening(platform, transfer, order.dailyLimit), ...beside(transfer) };
    const result = await commitGroups<B | OpenRefusal | 'booking'>(platform.commit, groups);
    if (result.committed || isBooked(groups.booking, result.refused.get('booking'))) return { ok: true, transfer };
    // Where nothing but the booking is refused, the id is taken.
    const isIdTaken = result.refused.size === 1 && result.refused.has('booking');
    if (!isIdTaken) return { ok: false, refused: result.refused };
  }
  throw new LedgerError(`Of ${ID_TRIES} ids for a transfer each was taken.`);
};

/** What became of an event. */
export type Stepped<B extends string> =
  /** It happened now, or (`again`) had happened before. The transfer is as it is after it. */
  | { readonly outcome: 'done' | 'again'; readonly transfer: Transfer }
  /** The state does not allow it. The transfer is as it stands. */
  | { readonly outcome: 'refused'; readonly transfer: Transfer }
  /** The state allows it, and what the caller added does not. */
  | { readonly outcome: 'stopped'; readonly by: Refused<B | 'state' | 'booking'> };

/** What an event comes to that found another one faster: it may have been the same one. */
const overtaken = (item: Item | undefined, event: TransferEvent, now: number): Stepped<never> => {
  const transfer = parseTransfer(item);
  if (!transfer) throw new LedgerError('A transfer is gone: they are never deleted.');
  const decision = decide(transfer, event, now);
  return { outcome: decision.allowed && decision.again ? 'again' : 'refused', transfer };
};

/** Does what an event does, if the state allows it when the transaction is done. */
const advance = async <B extends string>(
  { clock, commit }: Pick<Core, 'clock' | 'commit'>,
  transfer: Transfer,
  event: TransferEvent,
  describe: (next: Transfer) => Groups<B | 'state' | 'booking'>,
): Promise<Stepped<B>> => {
  const now = clock.now();
  const decision = decide(transfer, event, now);
  if (!decision.allowed) return { outcome: 'refused', transfer };
  if (decision.again) return { outcome: 'again', transfer };
  const next: Transfer = { ...transfer, status: decision.to, updatedAt: now };
  const result = await commitGroups(commit, describe(next));
  if (result.committed) return { outcome: 'done', transfer: next };
  const by = result.refused;
  if (by.has('state')) return overtaken(by.get('state'), event, now);
  if (by.size === 1 && by.has('booking')) {
    throw new LedgerError(`Transfer ${transfer.id} cannot ${event}: its money is not where its state says.`);
  }
  return { outcome: 'stopped', by };
};

/** What confirming by mail takes. */
export interface EmailPlatform extends Pick<Core, 'clock' | 'commit'> {
  readonly tables: { readonly ledger: TableWith<'update'> };
}

/**
 * Notes that the sender has followed the mailed link.
 *
 * @param linkHash the link that must still be the newest.
 * @throws StoreBusyError as `commit` does.
 */
export const confirmByMail = (
  platform: EmailPlatform,
  transfer: Transfer,
  linkHash?: string,
): Promise<Stepped<never>> => {
  const { ledger } = platform.tables;
  return advance<never>(platform, transfer, 'email-confirm', (next) => ({
    state: [changeState(ledger, next, 'email-confirm', linkHash)],
    booking: [changeSenderRow(ledger, next)],
  }));
};

/**
 * Ends a transfer, in one transaction with whatever the caller adds: of events that race, one happens. `confirm` gives
 * the money to the receiver; `cancel` and `expire` give it back, and the day's limit with it.
 *
 * @param transfer as it was read.
 * @param beside what else is written, in groups that `stopped` names.
 * @throws StoreBusyError as `commit` does, LedgerError when the money is not where the state says.
 */
export const closeTransfer = <B extends string>(
  platform: TransferPlatform,
  transfer: Transfer,
  event: Exclude<Step, 'email-confirm'>,
  beside: (next: Transfer) => Groups<B>,
): Promise<Stepped<B>> =>
  advance<B>(platform, transfer, event, (next) => ({
    state: [changeState(platform.tables.ledger, next, event)],
    booking: closing(platform, next),
    ...beside(next),
  }));

/** Does what any event does, with whatever the caller adds to those that end a transfer. */
export const stepTransfer = <B extends string>(
  platform: TransferPlatform,
  transfer: Transfer,
  event: Step,
  beside: (next: Transfer) => Groups<B>,
): Promise<Stepped<B>> =>
  event === 'email-confirm' ? confirmByMail(platform, transfer) : closeTransfer(platform, transfer, event, beside);
