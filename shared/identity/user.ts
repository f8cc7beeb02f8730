import * as z from 'zod/mini';
import { UserStatus } from '../contracts/enums.ts';
import { LOCALES } from '../contracts/locale.ts';
import { kycLevel, userStatus } from '../contracts/states.ts';
import { DAY } from '../platform/clock.ts';
import { parseOften } from '../platform/compiled-schema.ts';

/** A registration that is never verified is forgotten after this time, and its names are free again. */
export const REGISTRATION_LIFETIME = 7 * DAY;

/** The spread of users without one of their own, in percent: the reference's example. */
export const HOUSE_SPREAD = '0.1';

/** A user as stored. `expiresAt` is there only while the e-mail address is unverified. */
export const userItem = z.object({
  userId: z.string(),
  username: z.string(),
  email: z.string(),
  passwordHash: z.string(),
  userStatus,
  kycLevel,
  is2FA: z.boolean(),
  /** Sessions made under another epoch are dead: raising it ends them all at once. */
  sessionEpoch: z.int(),
  /** API keys made under another epoch are dead; absent before it was ever raised, which counts as 0. */
  keyEpoch: z.optional(z.int()),
  createdAt: z.int(),
  /** The language of the registration, for mails that no request of the user brings about. */
  locale: z.optional(z.enum(LOCALES)),
  expiresAt: z.optional(z.int()),
  /** Outgoing transfers, withdrawals and new API keys wait until then: after a change of credentials. */
  holdUntil: z.optional(z.int()),
  /** When staff closed the account for good; absent once it is open again. From then on its retention runs. */
  closedAt: z.optional(z.int()),
  /** While true, nothing of the user is erased. */
  legalHold: z.optional(z.boolean()),
  /** When the erasure of the user's data was ordered: no way leads back from there. */
  erasureAt: z.optional(z.int()),
  /** While there, nothing is sent to others: the name is to be looked up on lists of sanctions, or was not cleared. */
  screening: z.optional(z.enum(['due', 'hit', 'failed'])),
  isVip: z.optional(z.boolean()),
  /** The user's own spread in percent, as an exact decimal; without it the house's. */
  spread: z.optional(z.string()),
});

export type User = z.output<typeof userItem>;

/** Parses an item read from the table; `undefined` for none, and for a registration whose time is over. */
export const liveUser = (item: unknown, now: number): User | undefined => {
  if (item === undefined) return undefined;
  const parsed = parseOften(userItem, item);
  if (!parsed.success) throw parsed.error;
  const user = parsed.data;
  return user.expiresAt !== undefined && user.expiresAt <= now ? undefined : user;
};

const MAY_LOG_IN: ReadonlySet<User['userStatus']> = new Set([
  UserStatus.NORMAL,
  UserStatus.NOT_ACTIVATED,
  UserStatus.NOT_TRADABLE,
]);

/** Whether the status lets the user log in and keeps sessions alive. */
export const mayLogIn = (user: Pick<User, 'userStatus'>): boolean => MAY_LOG_IN.has(user.userStatus);
