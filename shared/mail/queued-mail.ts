import * as z from 'zod/mini';
import { DAY, MINUTE } from '../platform/clock.ts';
import type { TableWith } from '../platform/platform.ts';
import type { Random } from '../platform/random.ts';
import type { Item, Key, Write } from '../platform/writes.ts';
import { type Notice, noticeSchema } from './notices.ts';

/**
 * How long one sender has a mail to itself. Longer than a function can run (28 s), so that whoever takes it over knows
 * that the one before is dead.
 */
export const LEASE = MINUTE;

/** After this the provider has had enough chances: somebody must look. */
export const GIVE_UP_AFTER = 3 * DAY;

/** Pauses after failures: 1, 2, 4, 8 minutes, then 15. */
const FIRST_PAUSE = MINUTE;
const LONGEST_PAUSE = 15 * MINUTE;

const stateSchema = z.object({
  /** When it was queued; all times in epoch milliseconds. */
  at: z.int(),
  /** How often a sender has taken it. */
  attempts: z.int(),
  /** Until when a sender has it to itself. */
  leaseUntil: z.int(),
  nextAttemptAt: z.int(),
  /** Of the request that queued it; mails of before that was kept have none. */
  requestId: z.optional(z.string()),
});

/** How far a queued mail has come. */
export type MailState = Readonly<z.output<typeof stateSchema>>;

/** What can be made of a queued item. */
export type QueuedMail =
  | { readonly is: 'parked' }
  /** Made by nobody here, or by a version with other notices. */
  | { readonly is: 'unreadable' }
  | { readonly is: 'waiting'; readonly state: MailState; readonly notice: Notice };

/** Why a mail was set aside: the provider will never take it, or nobody here understands it. */
export type ParkedFor = 'unsendable' | 'unreadable';

/**
 * Reads an item of the outbox. One that was parked because an older version could not read it is waiting again as soon
 * as it can be read.
 */
export const queuedMailOf = (item: Item): QueuedMail => {
  const { parkedFor } = item;
  if (parkedFor !== undefined && parkedFor !== 'unreadable') return { is: 'parked' };
  const state = stateSchema.safeParse(item);
  const notice = noticeSchema.safeParse(item);
  if (state.success && notice.success) return { is: 'waiting', state: state.data, notice: notice.data };
  return { is: parkedFor === undefined ? 'unreadable' : 'parked' };
};

/** Whether a sender may take it now. */
export const isFree = ({ leaseUntil, nextAttemptAt }: MailState, now: number): boolean =>
  leaseUntil <= now && nextAttemptAt <= now;

/** Takes a mail for one sender; refused when another one was faster, and when it is gone. */
export const lease = (table: TableWith<'update'>, key: Key, { attempts }: MailState, now: number): Write =>
  table.update(key, {
    update: 'SET leaseUntil = :until, attempts = :next REMOVE parkedAt, parkedFor',
    condition: 'attempts = :seen AND (attribute_not_exists(parkedFor) OR parkedFor = :readable)',
    values: { ':until': now + LEASE, ':next': attempts + 1, ':seen': attempts, ':readable': 'unreadable' },
  });

/** Between half and all of the pause that is due after so many failures, so that mails do not come back all at once. */
export const pauseAfter = (failures: number, random: Random): number => {
  const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (failures - 1));
  return pause / 2 + random.int(pause / 2 + 1);
};

/** Gives a mail back, to be taken again at a later time; refused when another sender has it by now. */
export const release = (
  table: TableWith<'update'>,
  key: Key,
  { taken, nextAttemptAt }: { readonly taken: number; readonly nextAttemptAt: number },
): Write =>
  table.update(key, {
    update: 'SET leaseUntil = :free, nextAttemptAt = :next',
    condition: 'attempts = :taken',
    values: { ':free': 0, ':next': nextAttemptAt, ':taken': taken },
  });

/** Sets a mail aside for people to look at; nobody sends an unsendable one until they remove `parkedFor`. */
export const park = (table: TableWith<'update'>, key: Key, parkedFor: ParkedFor, now: number): Write =>
  table.update(key, {
    update: 'SET parkedAt = :now, parkedFor = :why',
    condition: 'attribute_exists(pk)',
    values: { ':now': now, ':why': parkedFor },
  });
