import * as z from 'zod/mini';
import { DAY, timeToLive } from '../platform/clock.ts';
import { sha256 } from '../platform/digest.ts';
import type { TableWith } from '../platform/platform.ts';
import type { Key, Write } from '../platform/writes.ts';

/** How long a key stands for the request that it first came with. */
const LIFETIME = DAY;

/** What a handler does with the key that its request came with. */
export interface Idempotency<T> {
  /**
   * Describes the keeping of the answer, for the transaction that has the effect; nothing where no key was sent.
   * The transaction is refused where the key was used meanwhile. Whatever failure is returned then, the caller gets the
   * answer that was kept.
   *
   * @param data what the answer to this request holds.
   */
  readonly record: (data: T) => readonly Write[];
}

/** A key as its user sent it. Keys of one user are nothing to another. */
export interface SentKey {
  readonly userId: string;
  readonly key: string;
}

const keptItem = z.object({
  /** SHA-256 of what was asked for, in hex. */
  fingerprint: z.string(),
  /** The answer's `data`, as JSON text. */
  answer: z.string(),
  /** When it was answered, in epoch milliseconds. */
  at: z.int(),
});

/** What is kept of a request that succeeded. */
export type Kept = Pick<z.output<typeof keptItem>, 'fingerprint' | 'answer'>;

const keyOf = ({ userId, key }: SentKey): Key => ({ pk: `USER#${userId}`, sk: `IDEMPOTENCY#${sha256(key)}` });

/** What is kept under a key; `undefined` where nothing is, or it is too old. */
export const findKept = async (table: TableWith<'get'>, sent: SentKey, now: number): Promise<Kept | undefined> => {
  const item = await table.get(keyOf(sent));
  if (!item) return undefined;
  const { at, ...kept } = keptItem.parse(item);
  return now < at + LIFETIME ? kept : undefined;
};

/** Describes the keeping of an answer; refused where one is kept already. What is too old is replaced. */
export const keepAnswer = (table: TableWith<'put'>, sent: SentKey, { fingerprint, answer }: Kept, now: number): Write =>
  table.put(
    { ...keyOf(sent), fingerprint, answer, at: now, ttl: timeToLive(now + LIFETIME) },
    {
      condition: 'attribute_not_exists(pk) OR #at <= :tooOld',
      names: { '#at': 'at' },
      values: { ':tooOld': now - LIFETIME },
    },
  );
