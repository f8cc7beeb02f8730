import type { CommitResult } from '../../platform/commit.ts';
import type { Core, SecretWith, TableWith } from '../../platform/platform.ts';
import { StoreBusyError } from '../../platform/table.ts';
import type { Item, Write } from '../../platform/writes.ts';
import { type Factor, isLocked } from './factor.ts';
import { countFailure, parseFactor, spend, totpPlace, type Spending, type TotpSpending } from './factor-store.ts';
import { recoveryCodeHash } from './recovery-code.ts';
import { stepOf } from './totp.ts';

/** What checking codes needs. */
export interface FactorPlatform extends Pick<Core, 'clock' | 'commit'> {
  readonly tables: { readonly users: TableWith<'update'> };
  readonly secrets: { readonly totp: SecretWith<'decrypt'> };
}

/** Whose factor it is, as it was read with the session. */
export interface FactorOwner {
  readonly userId: string;
  readonly factor: Factor | undefined;
}

export type FactorRefusal = 'TWO_FACTOR_NOT_BOUND' | 'TWO_FACTOR_LOCKED' | 'TWO_FACTOR_WRONG';

export type Proof =
  | { readonly right: true; readonly spending: Spending }
  | { readonly right: false; readonly code: FactorRefusal };

const refused = (code: FactorRefusal): Proof => ({ right: false, code });

const TOTP_CODE = /^\d{6}$/;

/** Tries to count a failure while others count theirs: far more than may be open before the factor locks. */
const COUNT_TRIES = 8;

/**
 * Counts a wrong code. Success and failure of parallel requests meet in one item, so of many guesses at once no more
 * than five can be decided before the factor is locked.
 */
export const countWrongCode = async (
  { tables, commit, clock }: Pick<FactorPlatform, 'tables' | 'commit' | 'clock'>,
  userId: string,
  read: Factor,
): Promise<'TWO_FACTOR_LOCKED' | 'TWO_FACTOR_WRONG'> => {
  let factor = read;
  for (let tries = 0; tries < COUNT_TRIES; tries += 1) {
    const now = clock.now();
    if (isLocked(factor, now)) return 'TWO_FACTOR_LOCKED';
    const result = await commit([countFailure(tables.users, userId, factor, now)]);
    if (result.committed) return 'TWO_FACTOR_WRONG';
    const present = parseFactor(result.refusals[0]?.item);
    if (!present) return 'TWO_FACTOR_WRONG';
    factor = present;
  }
  throw new StoreBusyError('A wrong code could not be counted, so it is not answered. Try again.');
};

/** Checks a code against a plain key, whose ciphertext is `key`. `undefined`: wrong. */
export const totpSpendingWith = (
  plain: string,
  { userId, key }: { readonly userId: string; readonly key: string },
  code: string,
  now: number,
): TotpSpending | undefined => {
  const step = stepOf(plain, code, now);
  return step === undefined ? undefined : { kind: 'totp', userId, key, step, now };
};

const recoverySpending = (userId: string, factor: Factor, code: string, now: number): Spending | undefined => {
  const hash = recoveryCodeHash(userId, code);
  return factor.recoveryCodes?.has(hash) ? { kind: 'recovery', userId, hash, now } : undefined;
};

/**
 * Begins to check a TOTP or recovery code, without judging it: the key is decrypted while the caller does something else.
 *
 * @returns what judges the code, as `proveFactor` does.
 */
export const beginProof = (
  platform: FactorPlatform,
  { userId, factor }: FactorOwner,
  code: string,
): (() => Promise<Proof>) => {
  const key = factor?.key;
  if (!factor || key === undefined) return () => Promise.resolve(refused('TWO_FACTOR_NOT_BOUND'));
  if (isLocked(factor, platform.clock.now())) return () => Promise.resolve(refused('TWO_FACTOR_LOCKED'));
  const decrypting = TOTP_CODE.test(code) ? platform.secrets.totp.decrypt(key, totpPlace(userId)) : undefined;
  // Whoever judges gets the failure; where nobody does, it is nobody's.
  decrypting?.catch(() => undefined);
  return async () => {
    const plain = (await decrypting)?.toString();
    const now = platform.clock.now();
    const spending =
      plain === undefined
        ? recoverySpending(userId, factor, code, now)
        : totpSpendingWith(plain, { userId, key }, code, now);
    if (!spending) return refused(await countWrongCode(platform, userId, factor));
    const spent = spending.kind === 'totp' && spending.step <= factor.lastStep;
    return spent ? refused('TWO_FACTOR_WRONG') : { right: true, spending };
  };
};

/**
 * Checks a TOTP or recovery code. A right one is not spent yet: `spend` goes into the transaction of what it allows,
 * so that both happen or neither. A wrong one is counted before this returns; a right one whose step is spent is not.
 */
export const proveFactor = (platform: FactorPlatform, owner: FactorOwner, code: string): Promise<Proof> =>
  beginProof(platform, owner, code)();

/** Describes the spending of a code that was proven, for the transaction of what it allows. */
export const spendProven = (table: TableWith<'update'>, spending: Spending): Write => spend(table, spending);

/** Why that spending was refused, by the factor as it stood in the way. */
export const refusalBySpending = (item: Item | undefined, now: number): FactorRefusal => {
  const factor = parseFactor(item);
  return factor && isLocked(factor, now) ? 'TWO_FACTOR_LOCKED' : 'TWO_FACTOR_WRONG';
};

/** Where in its transaction the write of the factor stands. */
export const FACTOR_WRITE = 0;

/** Why the factor's write, the first of its transaction, was refused; `undefined` when another write was. */
export const refusalOfFactor = (
  result: Extract<CommitResult, { committed: false }>,
  now: number,
): FactorRefusal | undefined => {
  const refusal = result.refusals.find(({ index }) => index === FACTOR_WRITE);
  return refusal && refusalBySpending(refusal.item, now);
};
