import type { Locale } from '../../contracts/locale.ts';
import type { Message } from '../../mail/notices.ts';
import { enqueue } from '../../mail/outbox.ts';
import type { Core, TableWith } from '../../platform/platform.ts';
import type { Write } from '../../platform/writes.ts';
import { formatUnits } from '../units.ts';
import type { Transfer } from './transfer.ts';

/** What queueing a mail takes. */
export interface MailWriter extends Pick<Core, 'clock' | 'random' | 'requestId'> {
  readonly tables: { readonly outbox: TableWith<'put'> };
}

const factsOf = ({ id, asset, amount }: Transfer, at: number) => ({
  at,
  transferId: id,
  amount: formatUnits(asset, amount),
  asset,
});

const toSender = (
  { tables, clock, random }: Pick<MailWriter, 'tables' | 'clock' | 'random'>,
  { senderId, senderName, senderEmail }: Transfer,
  locale: Locale,
  message: Message,
  requestId: string | undefined,
): Write =>
  enqueue(
    tables.outbox,
    { random, now: clock.now(), requestId },
    { userId: senderId, username: senderName, to: senderEmail, locale, ...message },
  );

/** Asks the sender to confirm; the mail's link is made when it is sent. */
export const askToConfirm = (platform: MailWriter, transfer: Transfer, locale: Locale): Write => {
  const facts = {
    ...factsOf(transfer, transfer.createdAt),
    receiver: transfer.receiverName,
    expiresAt: transfer.expiresAt,
  };
  return toSender(platform, transfer, locale, { kind: 'transfer-requested', facts }, platform.requestId());
};

/** Tells the sender that nobody confirmed it, and that the money is back; it follows the request that made it. */
export const tellOfExpiry = (platform: MailWriter, transfer: Transfer): Write => {
  const facts = { ...factsOf(transfer, transfer.updatedAt), receiver: transfer.receiverName };
  const requestId = transfer.requestId ?? platform.requestId();
  return toSender(platform, transfer, transfer.senderLocale, { kind: 'transfer-expired', facts }, requestId);
};

/** Tells the receiver that money has come. */
export const tellOfArrival = ({ tables, clock, random, requestId }: MailWriter, transfer: Transfer): Write => {
  const { receiverId, receiverName, receiverEmail, receiverLocale, senderName } = transfer;
  return enqueue(
    tables.outbox,
    { random, now: clock.now(), requestId: requestId() },
    {
      userId: receiverId,
      username: receiverName,
      to: receiverEmail,
      locale: receiverLocale,
      kind: 'transfer-received',
      facts: { ...factsOf(transfer, transfer.updatedAt), sender: senderName },
    },
  );
};
