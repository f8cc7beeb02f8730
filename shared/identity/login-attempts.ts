import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { DAY, MINUTE, SECOND, timeToLive } from '../platform/clock.ts';
import type { Commit, CommitResult } from '../platform/commit.ts';
import { sha256 } from '../platform/digest.ts';
import type { TableWith } from '../platform/platform.ts';
import type { Random } from '../platform/random.ts';
import type { Key, Write } from '../platform/writes.ts';

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
  /** `attempts`: this one and all failed ones before it. */
  | { readonly outcome: 'reserved'; readonly attempts: number }
  | { readonly outcome: 'captchaNeeded'; readonly attempts: number }
  | { readonly outcome: 'addressRefused'; readonly retryAfter: number };

export interface Attempt {
  /** User id, or the phantom id of an unknown name. */
  readonly subject: string;
  readonly ip: string;
  readonly captchaSolved: boolean;
}

interface Dependencies {
  readonly table: TableWith<'update' | 'delete'>;
  readonly commit: Commit;
  readonly random: Random;
  readonly now: () => number;
}

const userCounter = ({ subject }: Attempt): Key => ({ pk: `LOGIN#${subject}`, sk: 'USER' });
const addressCounter = ({ subject, ip }: Attempt): Key => ({ pk: `LOGIN#${subject}`, sk: `ADDRESS#${sha256(ip)}` });

/**
 * Counts an attempt if fewer than `limit` are counted. A run whose time is over starts again at one: `stale` is
 * the counter that an earlier try was refused by.
 */
const count = (
  table: TableWith<'update'>,
  key: Key,
  rule: { readonly limit: number; readonly lifetime: number },
  now: number,
  stale?: Counter,
): Write =>
  table.update(key, {
    update: stale
      ? 'SET attempts = :one, lastAt = :now, endsAt = :ends, #ttl = :ttl'
      : 'SET attempts = if_not_exists(attempts, :zero) + :one, lastAt = :now, endsAt = :ends, #ttl = :ttl',
    condition: stale ? 'endsAt = :stale' : 'attribute_not_exists(pk) OR (attempts < :limit AND endsAt > :now)',
    names: { '#ttl': 'ttl' },
    values: {
      ':one': 1,
      ':now': now,
      ':ends': now + rule.lifetime,
      ':ttl': timeToLive(now + rule.lifetime),
      ...(stale ? { ':stale': stale.endsAt } : { ':zero': 0, ':limit': rule.limit }),
    },
  });

type Counted =
  | { readonly counted: true; readonly attempts: number }
  | { readonly counted: false; readonly by: Counter };

const read = (result: CommitResult): Counted =>
  result.committed
    ? { counted: true, attempts: counterItem.parse(result.item).attempts }
    : { counted: false, by: counterItem.parse(result.refusals[0]?.item) };

const countOrRestart = async (
  { table, commit }: Dependencies,
  key: Key,
  rule: { readonly limit: number; readonly lifetime: number },
  now: number,
): Promise<Counted> => {
  const first = read(await commit([count(table, key, rule, now)]));
  if (first.counted || first.by.endsAt > now) return first;
  return read(await commit([count(table, key, rule, now, first.by)]));
};

const release = ({ table }: Dependencies, key: Key): Write =>
  table.update(key, {
    update: 'SET attempts = attempts - :one',
    condition: 'attempts > :zero',
    values: { ':one': 1, ':zero': 0 },
  });

const tryReserve = async (
  dependencies: Dependencies,
  attempt: Attempt,
): Promise<{ readonly reservation: Reservation; readonly inFlight: boolean }> => {
  const now = dependencies.now();
  const userRule = {
    limit: attempt.captchaSolved ? Number.MAX_SAFE_INTEGER : LOGIN_ATTEMPTS.free,
    lifetime: LOGIN_ATTEMPTS.memory,
  };
  const addressRule = { limit: LOGIN_ATTEMPTS.perAddress, lifetime: LOGIN_ATTEMPTS.refusal };
  const [user, address] = await Promise.all([
    countOrRestart(dependencies, userCounter(attempt), userRule, now),
    countOrRestart(dependencies, addressCounter(attempt), addressRule, now),
  ]);
  if (user.counted && address.counted) {
    return { reservation: { outcome: 'reserved', attempts: user.attempts }, inFlight: false };
  }
  if (user.counted) await dependencies.commit([release(dependencies, userCounter(attempt))]);
  if (address.counted) await dependencies.commit([release(dependencies, addressCounter(attempt))]);
  const counter = address.counted ? user : address;
  if (counter.counted) throw new Error('An attempt was refused although both of its counters took it.');
  const inFlight = now - counter.by.lastAt < IN_FLIGHT_MS;
  return address.counted
    ? { reservation: { outcome: 'captchaNeeded', attempts: counter.by.attempts }, inFlight }
    : {
        reservation: { outcome: 'addressRefused', retryAfter: Math.ceil((counter.by.endsAt - now) / SECOND) },
        inFlight,
      };
};

/**
 * Counts an attempt as a failure before the password is looked at, so that parallel guesses cannot outrun the
 * limits; success takes the count away again. Attempts of the last moments may be right ones whose success is
 * still being written, so a refusal that hangs on them waits a little and looks again.
 */
export const reserveAttempt = async (dependencies: Dependencies, attempt: Attempt): Promise<Reservation> => {
  for (let wait = 0; ; wait += 1) {
    const { reservation, inFlight } = await tryReserve(dependencies, attempt);
    if (!inFlight || wait >= WAITS) return reservation;
    await sleep(dependencies.random.int(WAIT_MS));
  }
};

/** After success: the run of failures is over, for the user and for this address. */
export const resetAttempts = async ({ table, commit }: Dependencies, attempt: Attempt): Promise<void> => {
  await Promise.all([commit([table.delete(userCounter(attempt))]), commit([table.delete(addressCounter(attempt))])]);
};

/** The password was right but the account may not log in: neither a failure nor a success. */
export const releaseAttempt = async (dependencies: Dependencies, attempt: Attempt): Promise<void> => {
  await Promise.all([
    dependencies.commit([release(dependencies, userCounter(attempt))]),
    dependencies.commit([release(dependencies, addressCounter(attempt))]),
  ]);
};
