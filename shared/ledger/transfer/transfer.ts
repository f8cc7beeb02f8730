import * as z from 'zod/mini';
import { type Locale, LOCALES } from '../../contracts/locale.ts';
import type { TableWith } from '../../platform/platform.ts';
import type { Item, Key } from '../../platform/writes.ts';
import { assetName } from '../account.ts';
import { type RecordId, timeKey } from '../record-id.ts';
import { units } from '../units.ts';
import { TRANSFER_STATES } from './states.ts';

/** Who sends or gets money, as mails and histories name them. */
export interface Party {
  readonly userId: string;
  readonly username: string;
  readonly email: string;
  readonly locale: Locale;
}

const locale = z.enum(LOCALES);

/** Money on its way from one user to another. Times in epoch milliseconds. */
export const transferItem = z.object({
  id: z.int(),
  senderId: z.string(),
  senderName: z.string(),
  senderEmail: z.string(),
  senderLocale: locale,
  receiverId: z.string(),
  receiverName: z.string(),
  receiverEmail: z.string(),
  receiverLocale: locale,
  asset: assetName,
  amount: units,
  status: z.literal(TRANSFER_STATES),
  /** What the id says. */
  createdAt: z.int(),
  expiresAt: z.int(),
  /** Where it lies among those that wait to expire. */
  expiryShard: z.int(),
  /** When it got its last state. */
  updatedAt: z.int(),
  /** SHA-256 of the newest link's secret: the one that is good. */
  linkHash: z.optional(z.string()),
  /** Of the links before it. */
  deadLinks: z.optional(z.set(z.string())),
  /** How often the sender asked for the mail again, and when last. */
  resends: z.int(),
  resentAt: z.optional(z.int()),
  /** Of the request that made it; transfers of before that was kept have none. */
  requestId: z.optional(z.string()),
});

export type Transfer = Readonly<z.output<typeof transferItem>>;

export const transferKey = (id: RecordId): Key => ({ pk: `TRANSFER#${id}`, sk: 'TRANSFER' });

/** Open transfers lie in this many partitions by their deadline, each good for a thousand writes a second. */
export const EXPIRY_SHARDS = 16;

export const expiryPartition = (shard: number): string => `EXPIRY#${shard}`;

export const expiryKey = ({ id, expiresAt, expiryShard }: Pick<Transfer, 'id' | 'expiresAt' | 'expiryShard'>): Key => ({
  pk: expiryPartition(expiryShard),
  sk: `${timeKey(expiresAt)}#${id}`,
});

/** Reads a transfer; `undefined` where there is none. */
export const parseTransfer = (item: Item | undefined): Transfer | undefined => item && transferItem.parse(item);

/** The transfer of that id. */
export const findTransfer = async (table: TableWith<'get'>, id: RecordId): Promise<Transfer | undefined> =>
  parseTransfer(await table.get(transferKey(id)));

const DECIMAL = /^[1-9]\d{0,15}$/;

/** The id that a client sent as text; `undefined` for what is none. */
export const parseTransferId = (text: string): RecordId | undefined => {
  const id = DECIMAL.test(text) ? Number(text) : undefined;
  return id !== undefined && Number.isSafeInteger(id) ? id : undefined;
};
