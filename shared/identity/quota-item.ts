import type { CountedClass, RateLimits } from '../contracts/rate-limits.ts';
import { DAY, SECOND, timeToLive } from '../platform/clock.ts';
import type { TableWith } from '../platform/platform.ts';
import type { Item, Key, Write } from '../platform/writes.ts';
import type { TokenClaim } from './token.ts';

/*
 * One item a user, so that one conditional write decides on both limits at once:
 *
 *   query    times of the user's last requests of the class Query, newest first
 *   orders   the same for Orders
 *   s:<id>   one map a session: `until`, and by route the times of its last requests to that route; of an API key also
 *            `m:<route>`, the marks of those requests, newest first as well
 *
 * With a limit of n, a request is put in front under the condition that the n-th newest is a second old or not there:
 * exact in any rolling second, and the first request to a route starts its list by itself. Only sessions that the item
 * knows can be counted, so a forged token spends nothing. What is beyond the limits is cut off now and then, beside a
 * later request.
 *
 * A signed request brings a mark by which its copies are known. While it is in the list they count as that one request:
 * who sends what was signed once a thousand times spends one of the key's requests, and the copy that is accepted is not
 * refused because of the others.
 */

/** Times are stored in microseconds, the last three digits random, so that no two requests share one. */
export const STAMPS_PER_MS = 1000;

/** By hand, since it is done for every request and the lists are long. */
export const isTimes = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'number');

/** A request to be counted. */
export interface CountedRequest {
  readonly claim: TokenClaim;
  readonly route: string;
  readonly class: CountedClass;
  /** What copies of one signed request have in common, and no other request. */
  readonly mark?: string | undefined;
}

/** Where the requests of a user are counted. */
export const quotaKey = (userId: string): Key => ({ pk: `QUOTA#${userId}`, sk: 'QUOTA' });
export const sessionName = ({ sessionId }: TokenClaim): string => `s:${sessionId.slice(0, 16)}`;

export interface Names {
  readonly user: string;
  readonly session: string;
  readonly route: string;
  readonly mark: string | undefined;
  readonly perUser: number;
  readonly perRoute: number;
}

export const namesOf = (request: CountedRequest, limits: RateLimits): Names => ({
  user: request.class,
  session: sessionName(request.claim),
  route: request.route,
  mark: request.mark,
  ...limits[request.class],
});

/** The bounds that a request at `stamp` is held against: a second before it, and the end of its own millisecond. */
export const boundsOf = (stamp: number) => {
  const millisecond = Math.floor(stamp / STAMPS_PER_MS);
  const endOf = (ms: number): number => ms * STAMPS_PER_MS + STAMPS_PER_MS - 1;
  return { ':cut': endOf(millisecond - SECOND), ':latest': endOf(millisecond) };
};

const marksName = (route: string): string => `m:${route}`;

const paths = (names: Names) => ({ '#u': names.user, '#s': names.session, '#r': names.route }) as const;

/** What a mark adds to the counting of its request. */
const marking = ({ mark, route }: Names) =>
  mark === undefined
    ? { update: '', condition: '', names: {}, values: {} }
    : {
        update: ', #s.#m = list_append(:marks, if_not_exists(#s.#m, :none))',
        condition: ' AND NOT contains(#s.#m, :mark)',
        names: { '#m': marksName(route) } as const,
        values: { ':mark': mark, ':marks': [mark] } as const,
      };

/** Counts a request, if both limits have room for it and no copy of it is counted already. */
export const countRequest = (table: TableWith<'update'>, userId: string, names: Names, stamp: number): Write => {
  const room = (list: string, limit: number): string =>
    `(attribute_not_exists(${list}[${limit - 1}]) OR ${list}[${limit - 1}] <= :cut)`;
  const marked = marking(names);
  return table.update(quotaKey(userId), {
    update:
      'SET #u = list_append(:stamps, if_not_exists(#u, :none)), ' +
      `#s.#r = list_append(:stamps, if_not_exists(#s.#r, :none))${marked.update}`,
    condition:
      `attribute_exists(#s) AND ${room('#u', names.perUser)} AND ${room('#s.#r', names.perRoute)} AND ` +
      `(attribute_not_exists(#u[0]) OR #u[0] <= :latest) AND NOT contains(#u, :stamp)${marked.condition}`,
    names: { ...paths(names), ...marked.names },
    values: { ':stamp': stamp, ':stamps': [stamp], ':none': [], ...boundsOf(stamp), ...marked.values },
  });
};

/** Newest first. */
export interface Lists {
  readonly user: readonly number[];
  readonly route: readonly number[];
  readonly marks: readonly unknown[];
}

/** Whether a copy of the request is counted already. */
export const isCopy = ({ marks }: Lists, { mark }: Names): boolean => mark !== undefined && marks.includes(mark);

const timesOf = (value: unknown): readonly number[] => (isTimes(value) ? value : []);

/** The lists of a request's user and route; `undefined` where the item does not know its session. */
export const listsOf = (item: Item | undefined, names: Names): Lists | undefined => {
  const session = item?.[names.session];
  if (!item || typeof session !== 'object' || session === null) return undefined;
  const [route, marks]: readonly unknown[] = [names.route, marksName(names.route)].map(
    (name): unknown => Object.getOwnPropertyDescriptor(session, name)?.value,
  );
  return { user: timesOf(item[names.user]), route: timesOf(route), marks: Array.isArray(marks) ? marks : [] };
};

/** Times beyond a limit that may pile up before they are cut off: one request in so many pays for a second write. */
const SLACK = 32;

const beyond = (path: string, list: readonly unknown[], limit: number): readonly string[] =>
  list.length <= limit + SLACK ? [] : list.slice(limit).map((_time, index) => `${path}[${limit + index}]`);

/** Cuts off what the limits no longer look at; `undefined` while it is little. Later requests only push it further back. */
export const trim = (table: TableWith<'update'>, userId: string, names: Names, lists: Lists): Write | undefined => {
  const user = beyond('#u', lists.user, names.perUser);
  const route = beyond('#s.#r', lists.route, names.perRoute);
  const marks = beyond('#s.#m', lists.marks, names.perRoute);
  if (user.length + route.length + marks.length === 0) return undefined;
  return table.update(quotaKey(userId), {
    update: `REMOVE ${[...user, ...route, ...marks].join(', ')}`,
    condition: 'attribute_exists(#s)',
    names: {
      '#s': names.session,
      ...(user.length > 0 && { '#u': names.user }),
      ...(route.length > 0 && { '#r': names.route }),
      ...(marks.length > 0 && { '#m': marksName(names.route) }),
    },
  });
};

/** Lets a new session or API key count, which is over at `until` (epoch milliseconds). */
export const admitSession = (
  table: TableWith<'update'>,
  claim: TokenClaim,
  now: number,
  until: number = now + DAY,
): Write =>
  table.update(quotaKey(claim.userId), {
    update: 'SET #s = if_not_exists(#s, :session), #ttl = :ttl',
    names: { '#s': sessionName(claim), '#ttl': 'ttl' },
    values: { ':session': { until }, ':ttl': timeToLive(now + 2 * DAY) },
  });
