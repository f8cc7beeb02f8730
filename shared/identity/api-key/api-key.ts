import * as z from 'zod/mini';
import { API_KEY_SCOPES } from '../../contracts/api-key-scopes.ts';
import { UserStatus } from '../../contracts/enums.ts';
import { DAY, MINUTE } from '../../platform/clock.ts';
import type { Random } from '../../platform/random.ts';
import { randomId } from '../../platform/random.ts';
import type { User } from '../user.ts';

/** Rules of API keys (API 10.2); times in milliseconds. */
export const API_KEY_RULES = {
  /** Live keys that a user may have. */
  most: 20,
  /** How long a key lives that was not given an end. */
  lifetime: 365 * DAY,
  /** The longest that one may be given: five years, of which two may be leap years. */
  longest: (5 * 365 + 2) * DAY,
  /** The least time between two writes of "last used". */
  usedEvery: MINUTE,
} as const;

/** A key as stored. `secret` is a ciphertext, bound to this item. */
export const apiKeyItem = z.object({
  apiKey: z.string(),
  userId: z.string(),
  secret: z.string(),
  scopes: z.array(z.enum(API_KEY_SCOPES)),
  /** IPv4 and IPv6 addresses and CIDR ranges; absent: from everywhere. */
  ipAllowlist: z.optional(z.array(z.string())),
  label: z.string(),
  createdAt: z.int(),
  expiresAt: z.int(),
  keyEpoch: z.int(),
  /** Written at most once a minute; absent before the first use. */
  lastUsedAt: z.optional(z.int()),
});

export type ApiKey = z.output<typeof apiKeyItem>;

/** The epoch of the user's keys: those made under another are dead. */
export const keyEpochOf = ({ keyEpoch = 0 }: Pick<User, 'keyEpoch'>): number => keyEpoch;

/** Whether the status lets a user have and use keys. */
export const mayHaveKeys = ({ userStatus }: Pick<User, 'userStatus'>): boolean => userStatus === UserStatus.NORMAL;

/** Whether the key is good now, for this user as the user is now. */
export const isAlive = (
  key: Pick<ApiKey, 'expiresAt' | 'keyEpoch'>,
  user: Pick<User, 'keyEpoch' | 'userStatus'>,
  now: number,
): boolean => now < key.expiresAt && key.keyEpoch === keyEpochOf(user) && mayHaveKeys(user);

/** Whether it is time to write "last used" again. */
export const isDueToMark = ({ lastUsedAt }: Pick<ApiKey, 'lastUsedAt'>, now: number): boolean =>
  lastUsedAt === undefined || now - lastUsedAt >= API_KEY_RULES.usedEvery;

/** Bytes of a secret. */
const SECRET_BYTES = 32;

/** A new key, the base64 of 32 hex digits, of 128 random bits: it says which secret, and is none itself. */
export const newApiKey = (random: Random): string => Buffer.from(randomId(random)).toString('base64');

/** A new secret: 256 random bits as 64 lower-case hex digits, whose text is the key of the HMAC. */
export const newApiSecret = (random: Random): string => Buffer.from(random.bytes(SECRET_BYTES)).toString('hex');
