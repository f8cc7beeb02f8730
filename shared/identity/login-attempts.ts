import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod/mini';
import { DAY, MINUTE, SECOND, timeToLive } from '../platform/clock.ts';
import type { Commit } from '../platform/commit.ts';
import { sha256 } from '../platform/digest.ts';
import type { TableWith } from '../platform/platform.ts';
import type { Random } from '../platform/random.ts';
import type { Item, Key, Write } from '../platform/writes.ts';

/** Rules of API 3.3. Times in milliseconds. */
export const LOGIN_ATTEMPTS = {
  /** Failures before the next tries need a captcha. */
  free: 3,
  /** Failures after which one source address is refused for one account, and for how long. */
  perAddress: 10,
  refusal: 15 * MINUTE,
  /** How long a run of failures is remembered. */
  memory: 30 * DAY,
} as const;

/** An attempt counted this recently may still be in flight, and may turn out right. */
const IN_FLIGHT_MS = 2 * SECOND;
/** Waiting for those: at most 8 times under 250 ms, 1 s on average. */
const WAITS = 8;
const WAIT_MS = 250;

const counterItem = z.object({ attempts: z.int(), lastAt: z.int(), endsAt: z.int() });

type Counter = z.output<typeof counterItem>;

export type Reservation =
  | { readonly outcome: 'reserved' }
  | { readonly outcome: 'captchaNeeded'; readonly failures: number }
  /** `retryAfter` in whole seconds. */
  | { readonly outcome: 'addressRefused'; readonly retryAfter: number };

export interface Attempt {
  /** User id, or the phantom id of an unknown name. */
  readonly subject: string;
  readonly ip: string;
  readonly captchaSolved: boolean;
}

export interface AttemptDependencies {
  readonly table: TableWith<'get' | 'update' | 'delete'>;
  readonly commit: Commit;
  readonly random: Random;
  readonly now: () => number;
}

/** One of the two counters of an attempt: the failures of a user, or of one address for that user. */
interface Rule {
  readonly key: Key;
  readonly limit: number;
  readonly lifetime: number;
}

/** Where the logins of a user id, or of an unknown name, are counted. */
export const attemptsPartition = (subject: string): string => `LOGIN#${subject}`;

const userKey = ({ subject }: Attempt): Key => ({ pk: attemptsPartition(subject), sk: 'USER' });
const addressKey = ({ subject, ip }: Attempt): Key => ({
  pk: attemptsPartition(subject),
  sk: `ADDRESS#${sha256(ip)}`,
});

const rulesOf = (attempt: Attempt): readonly [Rule, Rule] => [
  {
    key: userKey(attempt),
    limit: attempt.captchaSolved ? Number.MAX_SAFE_INTEGER : LOGIN_ATTEMPTS.free,
    lifetime: LOGIN_ATTEMPTS.memory,
  },
  { key: addressKey(attempt), limit: LOGIN_ATTEMPTS.perAddress, lifetime: LOGIN_ATTEMPTS.refusal },
];

/** Counts one more, if fewer than the limit are counted. */
const countOn = (table: TableWith<'update'>, { key, limit, lifetime }: Rule, now: number): Write =>
  table.update(key, {
    update: 'SET attempts = if_not_exists(attempts, :zero) + :one, lastAt = :now, endsAt = :ends, #ttl = :ttl',
    condition: 'attribute_not_exists(pk) OR (attempts < :limit AND endsAt > :now)',
    names: { '#ttl': 'ttl' },
    values: {
      ':zero': 0,
      ':one': 1,
      ':now': now,
      ':ends': now + lifetime,
      ':ttl': timeToLive(now + lifetime),
      ':limit': limit,
    },
  });

/** Starts again at one where the time of `stale` is over, though the item may still lie in the table. */
const startAgain = (table: TableWith<'update'>, { key, lifetime }: Rule, now: number, stale: Counter): Write =>
  table.update(key, {
    update: 'SET attempts = :one, lastAt = :now, endsAt = :ends, #ttl = :ttl',
    condition: 'endsAt = :stale',
    names: { '#ttl': 'ttl' },
    values: {
      ':one': 1,
      ':now': now,
      ':ends': now + lifetime,
      ':ttl': timeToLive(now + lifetime),
      ':stale': stale.endsAt,
    },
  });

const parseCounter = (item: Item | undefined): Counter | undefined => item && counterItem.parse(item);

interface Try {
  readonly reservation: Reservation;
  /** Whether the refusal hangs on attempts that may still turn out right. */
  readonly unsettled: boolean;
}

/** Counts on both counters or on neither, so that a refused attempt leaves no trace that could refuse others. */
const tryReserve = async ({ table, commit, now }: AttemptDependencies, attempt: Attempt): Promise<Try> => {
  const at = now();
  const rules = rulesOf(attempt);
  const stale: (Counter | undefined)[] = [];
  // At most one round for each counter whose time is over, and one more.
  for (let round = 0; round <= rules.length; round += 1) {
    const writes = rules.map((rule, index) => {
      const over = stale[index];
      return over ? startAgain(table, rule, at, over) : countOn(table, rule, at);
    });
    const result = await commit(writes);
    if (result.committed) return { reservation: { outcome: 'reserved' }, unsettled: false };
    const refusedBy = rules.map((_, index) => parseCounter(result.refusals.find((one) => one.index === index)?.item));
    const over = refusedBy.map((counter) => (counter && counter.endsAt <= at ? counter : undefined));
    if (over.every((counter) => counter === undefined)) return refused(refusedBy, at);
    over.forEach((counter, index) => {
      stale[index] = counter ?? stale[index];
    });
  }
  // Others started the same counters again in every round: they are in flight.
  return { reservation: { outcome: 'addressRefused', retryAfter: 1 }, unsettled: true };
};

const refused = ([user, address]: readonly (Counter | undefined)[], now: number): Try => {
  const by = address ?? user;
  const unsettled = by === undefined || now - by.lastAt < IN_FLIGHT_MS;
  if (!address) return { reservation: { outcome: 'captchaNeeded', failures: user?.attempts ?? 1 }, unsettled };
  const retryAfter = Math.max(1, Math.ceil((address.endsAt - now) / SECOND));
  return { reservation: { outcome: 'addressRefused', retryAfter }, unsettled };
};

/**
 * Counts an attempt as a failure before the password is looked at, so that parallel guesses cannot outrun the
 * limits; success takes the count away again. Attempts of the last moments may be right ones whose success is
 * still being written, so a refusal that hangs on them waits a little and looks again.
 */
export const reserveAttempt = async (dependencies: AttemptDependencies, attempt: Attempt): Promise<Reservation> => {
  for (let wait = 0; ; wait += 1) {
    const { reservation, unsettled } = await tryReserve(dependencies, attempt);
    if (!unsettled || wait >= WAITS) return reservation;
    await sleep(dependencies.random.int(WAIT_MS));
  }
};

/** Failures in a row, the present attempt included. */
export const failuresOf = async ({ table }: AttemptDependencies, attempt: Attempt): Promise<number> =>
  parseCounter(await table.get(userKey(attempt)))?.attempts ?? 1;

/** After success: the run of failures is over, for the user and for this address. */
export const resetAttempts = async ({ table, commit }: AttemptDependencies, attempt: Attempt): Promise<void> => {
  await Promise.all(rulesOf(attempt).map(({ key }) => commit([table.delete(key)])));
};

/** The password was right but the account may not log in: neither a failure nor a success. */
export const releaseAttempt = async ({ table, commit }: AttemptDependencies, attempt: Attempt): Promise<void> => {
  const release = { update: 'SET attempts = attempts - :one', condition: 'attempts > :zero' };
  const values = { ':one': 1, ':zero': 0 } as const;
  await Promise.all(rulesOf(attempt).map(({ key }) => commit([table.update(key, { ...release, values })])));
};
