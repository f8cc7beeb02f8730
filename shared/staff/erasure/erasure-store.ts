import * as z from 'zod/mini';
import { END_KEYS, userKey } from '../../identity/user-store.ts';
import type { User } from '../../identity/user.ts';
import { UserStatus } from '../../contracts/enums.ts';
import type { TableWith } from '../../platform/platform.ts';
import { ABSENT, type Key, type Write } from '../../platform/writes.ts';

/*
 * How far the erasure of a user has come is an item beside the user; when it goes on is one in a queue by time. Work is
 * done before either moves, and doing it again does no harm, so that a run can die anywhere.
 */

const erasureItem = z.object({
  userId: z.string(),
  /** `begun`: what goes at once is being erased; `kept`: it is gone; `erased`: so is the rest. */
  state: z.enum(['begun', 'kept', 'erased']),
  /** All times in epoch milliseconds. */
  orderedAt: z.int(),
  closedAt: z.int(),
  /** When the rest goes; the time of the order where nothing has to be kept. */
  keepUntil: z.int(),
  /** The row of the history up to which names are gone. */
  rowsUpTo: z.optional(z.string()),
});

export type ErasureItem = z.output<typeof erasureItem>;

const erasureKey = (userId: string): Key => ({ pk: `USER#${userId}`, sk: 'ERASURE' });

/** How far the erasure of a user has come; `undefined` where none was ordered. */
export const findErasure = async (table: TableWith<'get'>, userId: string): Promise<ErasureItem | undefined> => {
  const item = await table.get(erasureKey(userId));
  return item && erasureItem.parse(item);
};

const queuedItem = z.object({ userId: z.string(), dueAt: z.int() });

/** When the erasure of a user goes on. */
export type Queued = z.output<typeof queuedItem>;

const QUEUE = 'ERASURES';

/** Digits of epoch milliseconds until the year 2286, so that sort keys are in the order of time. */
const TIME_DIGITS = 13;

const timeKey = (at: number): string => String(at).padStart(TIME_DIGITS, '0');

const queueKey = ({ userId, dueAt }: Queued): Key => ({ pk: QUEUE, sk: `${timeKey(dueAt)}#${userId}` });

const enter = (table: TableWith<'put'>, queued: Queued): Write => table.put({ ...queueKey(queued), ...queued });

/** Describes that an erasure no longer waits. */
export const leave = (table: TableWith<'delete'>, queued: Queued): Write => table.delete(queueKey(queued));

/** Describes that an erasure goes on later. */
export const postpone = (table: TableWith<'put' | 'delete'>, queued: Queued, dueAt: number): readonly Write[] => [
  leave(table, queued),
  enter(table, { userId: queued.userId, dueAt }),
];

/** Erasures that are due, those that wait longest first. */
export const listDue = async (table: TableWith<'query'>, now: number, limit: number): Promise<readonly Queued[]> => {
  const sortTo = `${timeKey(now)}#\u{10FFFF}`;
  return z
    .array(queuedItem)
    .parse(await table.query({ partition: QUEUE, sortPrefix: '', sortFrom: '0', sortTo, limit }));
};

/** A hash that no password is known to have: as those stored are, with a salt and a tag of zeros. */
const NO_PASSWORD = `$argon2id$v=19$m=19456,t=2,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** Describes the order: the user can never come back, and the erasure waits to be done. Refused where anything changed. */
export const beginErasure = (
  table: TableWith<'put' | 'update'>,
  user: User,
  { closedAt, keepUntil, now }: { readonly closedAt: number; readonly keepUntil: number; readonly now: number },
): readonly Write[] => {
  const { userId, sessionEpoch } = user;
  const item: ErasureItem = { userId, state: 'begun', orderedAt: now, closedAt, keepUntil };
  const sets = 'passwordHash = :none, is2FA = :no, sessionEpoch = :epoch, closedAt = :closed, erasureAt = :now';
  return [
    table.update(userKey(userId), {
      update: `SET ${sets}, ${END_KEYS.set}`,
      condition:
        'userStatus = :deleted AND sessionEpoch = :seen AND ' +
        'attribute_not_exists(erasureAt) AND attribute_not_exists(legalHold)',
      values: {
        ...END_KEYS.values,
        ':none': NO_PASSWORD,
        ':no': false,
        ':epoch': sessionEpoch + 1,
        ':seen': sessionEpoch,
        ':closed': closedAt,
        ':now': now,
        ':deleted': UserStatus.DELETED,
      },
    }),
    table.put({ ...erasureKey(userId), ...item }, ABSENT),
    enter(table, { userId, dueAt: now }),
  ];
};

/** Describes that what goes at once is gone. */
export const markKept = (table: TableWith<'put' | 'update' | 'delete'>, erasure: ErasureItem, queued: Queued) => [
  table.update(erasureKey(erasure.userId), {
    update: 'SET #state = :kept',
    condition: '#state = :begun',
    names: { '#state': 'state' },
    values: { ':kept': 'kept', ':begun': 'begun' },
  }),
  // In the same place where it is due at once, and then it must not be left too: a transaction writes an item once.
  ...(queued.dueAt === erasure.keepUntil ? [] : postpone(table, queued, erasure.keepUntil)),
];

/** Describes that names are gone from the history up to a row. */
export const markRows = (table: TableWith<'update'>, userId: string, rowsUpTo: string): Write =>
  table.update(erasureKey(userId), { update: 'SET rowsUpTo = :row', values: { ':row': rowsUpTo } });

/** Describes that the user is gone: what is left says that there was one, and when. Refused under a legal hold. */
export const markErased = (table: TableWith<'update' | 'delete'>, queued: Queued): readonly Write[] => [
  table.delete(userKey(queued.userId), { condition: 'attribute_not_exists(legalHold)' }),
  table.update(erasureKey(queued.userId), {
    update: 'SET #state = :erased REMOVE rowsUpTo',
    condition: '#state = :kept',
    names: { '#state': 'state' },
    values: { ':erased': 'erased', ':kept': 'kept' },
  }),
  leave(table, queued),
];
