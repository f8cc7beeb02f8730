import * as z from 'zod/mini';
import { HOUR, MINUTE } from '../../platform/clock.ts';

/** Rules of the second factor (API 4.7 to 4.11). Times in milliseconds. */
export const FACTOR_RULES = {
  /** How long a key may wait to be bound. */
  pending: 10 * MINUTE,
  /** Wrong codes in a row that lock the factor, over all endpoints. */
  failures: 5,
  locked: 2 * HOUR,
} as const;

/**
 * The second factor of a user: one item, beside the user and read together with the session. It outlives the key,
 * so that binding anew forgets no failure. Keys are ciphertexts.
 */
export const factorItem = z.object({
  key: z.optional(z.string()),
  pendingKey: z.optional(z.string()),
  pendingUntil: z.optional(z.int()),
  /** The newest step whose code was taken: it and those before it are spent. */
  lastStep: z.int(),
  failures: z.int(),
  lastFailureAt: z.int(),
  /** Hashes of the recovery codes that are left. */
  recoveryCodes: z.optional(z.set(z.string())),
});

export type Factor = z.output<typeof factorItem>;

/** Whether five wrong codes in a row have locked the factor, and two hours are not over. */
export const isLocked = ({ failures, lastFailureAt }: Factor, now: number): boolean =>
  failures >= FACTOR_RULES.failures && now < lastFailureAt + FACTOR_RULES.locked;

/** The ciphertext of the key that waits to be bound, unless its time is over. */
export const pendingKeyOf = (factor: Factor | undefined, now: number): string | undefined =>
  factor?.pendingUntil !== undefined && now < factor.pendingUntil ? factor.pendingKey : undefined;
