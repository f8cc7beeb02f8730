import type { TableWith } from '../../platform/platform.ts';
import type { SecretPlace } from '../../platform/secrets.ts';
import type { Item, Key, Write } from '../../platform/writes.ts';
import { type Factor, FACTOR_RULES, factorItem } from './factor.ts';

export const factorKey = (userId: string): Key => ({ pk: `USER#${userId}`, sk: 'FACTOR' });

/** Where a TOTP key lies, for its encryption; bound or pending, it is the same value. */
export const totpPlace = (userId: string): SecretPlace => ({ table: 'users', key: factorKey(userId), field: 'key' });

export const parseFactor = (item: Item | undefined): Factor | undefined => item && factorItem.parse(item);

/** A key that waits to be bound; it replaces one that waits already, and is refused where one is bound. */
export const putPendingKey = (table: TableWith<'update'>, userId: string, ciphertext: string, now: number): Write =>
  table.update(factorKey(userId), {
    update:
      'SET pendingKey = :key, pendingUntil = :until, lastStep = if_not_exists(lastStep, :zero), ' +
      'failures = if_not_exists(failures, :zero), lastFailureAt = if_not_exists(lastFailureAt, :zero)',
    condition: 'attribute_not_exists(#key)',
    names: { '#key': 'key' },
    values: { ':key': ciphertext, ':until': now + FACTOR_RULES.pending, ':zero': 0 },
  });

const unlocked = (now: number) => ({
  condition: '(failures < :most OR lastFailureAt <= :lockedSince)',
  values: { ':most': FACTOR_RULES.failures, ':lockedSince': now - FACTOR_RULES.locked },
});

/** A right code: whose, and what there is of it to spend. */
interface OfUser {
  readonly userId: string;
  readonly now: number;
}

export interface TotpSpending extends OfUser {
  readonly kind: 'totp';
  /** The ciphertext of the key that the code was checked with. */
  readonly key: string;
  readonly step: number;
}

interface RecoverySpending extends OfUser {
  readonly kind: 'recovery';
  readonly hash: string;
}

/** A right code that is spent together with what it allows, in one transaction. */
export type Spending = TotpSpending | RecoverySpending;

/** Binds the pending key; the step of the code that proved it is spent. */
export const bindKey = (table: TableWith<'update'>, { userId, key, step, now }: TotpSpending): Write => {
  const { condition, values } = unlocked(now);
  return table.update(factorKey(userId), {
    update: 'SET #key = pendingKey, lastStep = :step, failures = :zero REMOVE pendingKey, pendingUntil, recoveryCodes',
    condition: `attribute_not_exists(#key) AND pendingKey = :key AND pendingUntil > :now AND ${condition}`,
    names: { '#key': 'key' },
    values: { ':key': key, ':step': step, ':zero': 0, ':now': now, ...values },
  });
};

/** Refused when the code, or a later one, was spent meanwhile, the key is another, or the factor is locked. */
const spendWith = (
  table: TableWith<'update'>,
  spending: Spending,
  update: { readonly rest: string; readonly values?: Readonly<Record<`:${string}`, unknown>> },
): Write => {
  const { condition, values } = unlocked(spending.now);
  const isTotp = spending.kind === 'totp';
  const own = isTotp ? '#key = :key AND lastStep < :step' : 'attribute_exists(#key) AND contains(recoveryCodes, :hash)';
  return table.update(factorKey(spending.userId), {
    update: `SET failures = :zero${isTotp ? ', lastStep = :step' : ''} ${update.rest}`,
    condition: `${own} AND ${condition}`,
    names: { '#key': 'key' },
    values: {
      ':zero': 0,
      ...values,
      ...update.values,
      ...(isTotp ? { ':key': spending.key, ':step': spending.step } : { ':hash': spending.hash }),
    },
  });
};

/** Spends a code, whatever endpoint it came to; success forgets the failures before it. */
export const spend = (table: TableWith<'update'>, spending: Spending): Write =>
  spendWith(
    table,
    spending,
    spending.kind === 'totp'
      ? { rest: '' }
      : { rest: 'DELETE recoveryCodes :codes', values: { ':codes': new Set([spending.hash]) } },
  );

/** Spends a code and unbinds the factor with it. */
export const spendAndUnbind = (table: TableWith<'update'>, spending: Spending): Write =>
  spendWith(table, spending, { rest: 'REMOVE pendingKey, pendingUntil, recoveryCodes, #key' });

/** Unbinds the factor without a code: for staff, and for a lock that is lifted with it. Refused where none is bound. */
export const resetFactor = (table: TableWith<'update'>, userId: string): Write =>
  table.update(factorKey(userId), {
    update: 'SET failures = :zero REMOVE #key, pendingKey, pendingUntil, recoveryCodes',
    condition: 'attribute_exists(#key)',
    names: { '#key': 'key' },
    values: { ':zero': 0 },
  });

/** Puts a new set of recovery codes in place of the old one. */
export const replaceRecoveryCodes = (table: TableWith<'update'>, userId: string, hashes: ReadonlySet<string>): Write =>
  table.update(factorKey(userId), {
    update: 'SET recoveryCodes = :codes',
    condition: 'attribute_exists(#key)',
    names: { '#key': 'key' },
    values: { ':codes': hashes },
  });

/**
 * Counts a wrong code. Refused when the factor was locked meanwhile, or is not as it was read: after a lock that is
 * over the first failure counts as one, and only once.
 */
export const countFailure = (table: TableWith<'update'>, userId: string, factor: Factor, now: number): Write => {
  const lockOver = factor.failures >= FACTOR_RULES.failures;
  return table.update(factorKey(userId), {
    update: lockOver
      ? 'SET failures = :one, lastFailureAt = :now'
      : 'SET failures = failures + :one, lastFailureAt = :now',
    condition: lockOver ? 'failures = :seen AND lastFailureAt = :seenAt' : 'failures < :most',
    values: {
      ':one': 1,
      ':now': now,
      ...(lockOver
        ? { ':seen': factor.failures, ':seenAt': factor.lastFailureAt }
        : { ':most': FACTOR_RULES.failures }),
    },
  });
};
