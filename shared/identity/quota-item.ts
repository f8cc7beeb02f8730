import * as z from 'zod';
import type { CountedClass, RateLimits } from '../contracts/rate-limits.ts';
import { DAY, SECOND, timeToLive } from '../platform/clock.ts';
import type { TableWith } from '../platform/platform.ts';
import type { Item, Key, Write } from '../platform/writes.ts';
import type { TokenClaim } from './token.ts';

/*
 * One item a user, so that one conditional write decides on both limits at once:
 *
 *   query:30    times of the user's last 30 requests of the class Query, oldest first
 *   orders:75   the same for Orders
 *   s:<id>      one map a session: `until`, and `<n>:<route>` with the times of its last n requests to that route
 *
 * A full list drops its first element when one is appended, under the condition that the dropped one is a second old:
 * exact in any rolling second. Only sessions that the item knows can append, so a forged token spends nothing.
 * Lengths are part of the names: other limits start other lists.
 */

/** Times are stored in microseconds, the last three digits random, so that no two requests share one. */
export const STAMPS_PER_MS = 1000;

/** Sessions that the item remembers; older ones are let in again when they are used. */
const SESSIONS = 40;

const sessionMap = z.looseObject({ until: z.number() });

/** By hand, since it is done for every request and the lists are long. */
const isTimes = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'number');

/** A request to be counted. */
export interface CountedRequest {
  readonly claim: TokenClaim;
  readonly route: string;
  readonly class: CountedClass;
}

const quotaKey = (userId: string): Key => ({ pk: `QUOTA#${userId}`, sk: 'QUOTA' });
const sessionName = ({ sessionId }: TokenClaim): string => `s:${sessionId.slice(0, 16)}`;
const zeros = (length: number): readonly number[] => Array.from({ length }, () => 0);

export interface Names {
  readonly user: string;
  readonly session: string;
  readonly route: string;
  readonly perUser: number;
  readonly perRoute: number;
}

export const namesOf = (request: CountedRequest, limits: RateLimits): Names => {
  const { perRoute, perUser } = limits[request.class];
  return {
    user: `${request.class}:${perUser}`,
    session: sessionName(request.claim),
    route: `${perRoute}:${request.route}`,
    perUser,
    perRoute,
  };
};

/** The bounds that a request at `stamp` is held against: a second before it, and the end of its own millisecond. */
export const boundsOf = (stamp: number) => {
  const millisecond = Math.floor(stamp / STAMPS_PER_MS);
  const endOf = (ms: number): number => ms * STAMPS_PER_MS + STAMPS_PER_MS - 1;
  return { ':cut': endOf(millisecond - SECOND), ':latest': endOf(millisecond) };
};

const userLeft = ({ perUser }: Names): string => `#u[0] <= :cut AND #u[${perUser - 1}] <= :latest`;

export const appendRequest = (table: TableWith<'update'>, userId: string, names: Names, stamp: number): Write =>
  table.update(quotaKey(userId), {
    update: `SET #u[${names.perUser}] = :stamp, #s.#r[${names.perRoute}] = :stamp REMOVE #u[0], #s.#r[0]`,
    condition: `${userLeft(names)} AND #s.#r[0] <= :cut AND NOT contains(#u, :stamp)`,
    names: { '#u': names.user, '#s': names.session, '#r': names.route },
    values: { ':stamp': stamp, ...boundsOf(stamp) },
  });

/** The first request of a session to a route starts its list. */
export const startRoute = (table: TableWith<'update'>, userId: string, names: Names, stamp: number): Write =>
  table.update(quotaKey(userId), {
    update: `SET #s.#r = :list, #u[${names.perUser}] = :stamp REMOVE #u[0]`,
    condition: `attribute_exists(#s) AND attribute_not_exists(#s.#r) AND ${userLeft(names)}`,
    names: { '#u': names.user, '#s': names.session, '#r': names.route },
    values: { ':list': [...zeros(names.perRoute - 1), stamp], ':stamp': stamp, ...boundsOf(stamp) },
  });

export interface Lists {
  readonly user: readonly number[];
  readonly route: readonly number[];
}

export const listsOf = (item: Item | undefined, names: Names): Lists | undefined => {
  const session = item?.[names.session];
  const user = item?.[names.user];
  if (typeof session !== 'object' || session === null || !isTimes(user)) return undefined;
  const route: unknown = Object.getOwnPropertyDescriptor(session, names.route)?.value;
  return { user, route: isTimes(route) ? route : zeros(names.perRoute) };
};

/** Lets a new session count, and starts the user's lists where there are none. */
export const admitSession = (table: TableWith<'update'>, claim: TokenClaim, limits: RateLimits, now: number): Write =>
  table.update(quotaKey(claim.userId), {
    update:
      'SET #s = if_not_exists(#s, :session), #q = if_not_exists(#q, :query), #o = if_not_exists(#o, :orders), #ttl = :ttl',
    names: {
      '#s': sessionName(claim),
      '#q': `query:${limits.query.perUser}`,
      '#o': `orders:${limits.orders.perUser}`,
      '#ttl': 'ttl',
    },
    values: {
      ':session': { until: now + DAY },
      ':query': zeros(limits.query.perUser),
      ':orders': zeros(limits.orders.perUser),
      ':ttl': timeToLive(now + 2 * DAY),
    },
  });

/** Names of sessions that are over, or more than the item should remember. */
export const forgottenSessions = (item: Item | undefined, now: number): readonly string[] => {
  const sessions = Object.entries(item ?? {}).flatMap(([name, value]) => {
    const session = name.startsWith('s:') ? sessionMap.safeParse(value) : undefined;
    return session?.success ? [{ name, until: session.data.until }] : [];
  });
  const newestFirst = sessions.toSorted((left, right) => right.until - left.until);
  return newestFirst.filter(({ until }, index) => until <= now || index >= SESSIONS).map(({ name }) => name);
};

export const forgetSessions = (table: TableWith<'update'>, userId: string, sessions: readonly string[]): Write => {
  const names = Object.fromEntries(sessions.slice(0, SESSIONS).map((name, index) => [`#s${index}`, name]));
  return table.update(quotaKey(userId), { update: `REMOVE ${Object.keys(names).join(', ')}`, names });
};
