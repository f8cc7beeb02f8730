import * as z from 'zod/mini';
import { accountItem, accountKey, type UserAccount } from '../ledger/account.ts';
import { units } from '../ledger/units.ts';
import { DAY, timeToLive } from '../platform/clock.ts';
import { sha256 } from '../platform/digest.ts';
import type { TableWith } from '../platform/platform.ts';
import { ABSENT, type Item, type Key, type Write } from '../platform/writes.ts';
import { type AloneSum, parseAlone } from './alone.ts';

/** How long what one of the staff asked for waits for another one. */
const APPROVAL_LIFETIME = DAY;

/** What is done once: a booking of a chain, of a bank or by a key that staff chose; the erasure of a user. */
export interface Reference {
  readonly kind: 'txHash' | 'bankRef' | 'adjustment' | 'erasure';
  /** In one form, however it was written. */
  readonly text: string;
}

const referenceItem = z.object({ fingerprint: z.string(), id: z.int() });

const approvalItem = z.object({ principal: z.string(), fingerprint: z.string(), at: z.int() });

/** What one of the staff asked for, and waits for another one. */
export type Approval = Readonly<z.output<typeof approvalItem>>;

const referenceKey = ({ kind, text }: Reference): Key => ({
  pk: `REFERENCE#${kind}#${sha256(text)}`,
  sk: 'REFERENCE',
});

const approvalKey = ({ kind, text }: Reference): Key => ({ pk: `APPROVAL#${kind}#${sha256(text)}`, sk: 'APPROVAL' });

/** When an approval lapses, in epoch milliseconds. */
export const approveUntil = ({ at }: Pick<Approval, 'at'>): number => at + APPROVAL_LIFETIME;

const state = z.object({ balance: units, entries: z.int() });

/** What is known before something is booked. */
export interface Standing {
  /** What the reference was booked as. */
  readonly booked: z.output<typeof referenceItem> | undefined;
  /** What was asked for, as it is stored: it may have lapsed. */
  readonly approval: Approval | undefined;
  /** The account; `undefined` where nothing was ever booked on it. */
  readonly account: z.output<typeof state> | undefined;
  /** What was booked by one person alone, of who books now and to whom. */
  readonly alone: readonly AloneSum[];
}

/** Reads all of it in one round trip. */
export const readStanding = async (
  table: TableWith<'batchGet'>,
  reference: Reference,
  account: UserAccount,
  alone: readonly Key[],
): Promise<Standing> => {
  const keys = [referenceKey(reference), approvalKey(reference), accountKey(account)] as const;
  const items = await table.batchGet([...keys, ...alone]);
  const find = ({ pk, sk }: Key): Item | undefined => items.find((item) => item['pk'] === pk && item['sk'] === sk);
  const [booked, approval, known] = keys.map(find);
  return {
    booked: booked && referenceItem.parse(booked),
    approval: approval && approvalItem.parse(approval),
    account: known && accountItem.parse(known),
    alone: alone.map((key) => parseAlone(key, find(key))),
  };
};

/** What one of the staff asked for under a reference, as it is stored: it may have lapsed. */
export const readApproval = async (table: TableWith<'get'>, reference: Reference): Promise<Approval | undefined> => {
  const item = await table.get(approvalKey(reference));
  return item && approvalItem.parse(item);
};

/** Refused where the reference was booked before. */
export const keepReference = (
  table: TableWith<'put'>,
  reference: Reference,
  booked: NonNullable<Standing['booked']> & { readonly at: number },
): Write => table.put({ ...referenceKey(reference), ...booked }, ABSENT);

const unchanged = ({ fingerprint, principal, at }: Approval) => ({
  condition: 'fingerprint = :oldFingerprint AND principal = :oldPrincipal AND #at = :oldAt',
  names: { '#at': 'at' } as const,
  values: { ':oldFingerprint': fingerprint, ':oldPrincipal': principal, ':oldAt': at },
});

/** Keeps what is asked for, in place of what `seen` holds; refused where that has changed. */
export const askApproval = (
  table: TableWith<'put'>,
  reference: Reference,
  asked: Approval,
  seen: Approval | undefined,
): Write =>
  table.put(
    { ...approvalKey(reference), ...asked, ttl: timeToLive(approveUntil(asked)) },
    seen ? unchanged(seen) : ABSENT,
  );

/** Takes away what was asked for, since it is done; refused where it has changed. */
export const useApproval = (table: TableWith<'delete'>, reference: Reference, approval: Approval): Write =>
  table.delete(approvalKey(reference), unchanged(approval));

/** The same change of a balance, refused where any other came since the account was read. */
export const unlessMoved = (write: Write, account: Standing['account']): Write => {
  const { Update } = write;
  if (!Update) return write;
  const seen = account ? 'entries = :seen' : 'attribute_not_exists(entries)';
  const also = Update.ConditionExpression === undefined ? '' : `(${Update.ConditionExpression}) AND `;
  return {
    Update: {
      ...Update,
      ConditionExpression: `${also}${seen}`,
      ExpressionAttributeValues: {
        ...Update.ExpressionAttributeValues,
        ...(account && { ':seen': account.entries }),
      },
    },
  };
};
