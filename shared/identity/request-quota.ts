import type { RateLimits } from '../contracts/rate-limits.ts';
import type { Core, TableWith } from '../platform/platform.ts';
import {
  admitSession,
  appendRequest,
  boundsOf,
  type CountedRequest,
  forgetSessions,
  forgottenSessions,
  type Lists,
  listsOf,
  type Names,
  namesOf,
  STAMPS_PER_MS,
  startRoute,
} from './quota-item.ts';
import type { TokenClaim } from './token.ts';

/** Requests that were decided at the same time elsewhere cost another try; more than a few in a row are unheard of. */
const TRIES = 8;

export interface Quota {
  /** Requests of this session to this route in a second. */
  readonly limit: number;
  /** How many more would pass now, by both limits. */
  readonly remaining: number;
  /** When it was decided, in epoch milliseconds. */
  readonly decidedAt: number;
  readonly refused: boolean;
}

/** `undefined`: the item does not know the session, which is forged, over, or forgotten. */
export type Decision = Quota | undefined;

const quotaOf = ({ user, route }: Lists, names: Names, stamp: number): Omit<Quota, 'refused'> => {
  const cut = boundsOf(stamp)[':cut'];
  const left = (list: readonly number[]): number => list.filter((at) => at <= cut).length;
  return {
    limit: names.perRoute,
    remaining: Math.min(left(user), left(route)),
    decidedAt: Math.floor(stamp / STAMPS_PER_MS),
  };
};

/**
 * Counts requests. Built once a container: it remembers which sessions it has seen on its route, and tries to start
 * the list of a new one in the same round trip.
 */
export const createRequestQuota = (table: TableWith<'update'>, core: Core & { readonly rateLimits: RateLimits }) => {
  const { commit, random, clock, rateLimits: limits } = core;
  const seen = new Set<string>();

  const attempt = async (request: CountedRequest, names: Names, stamp: number) => {
    const { userId } = request.claim;
    const known = `${request.claim.sessionId} ${names.route}`;
    const writes = [
      appendRequest(table, userId, names, stamp),
      ...(seen.has(known) ? [] : [startRoute(table, userId, names, stamp)]),
    ];
    const results = await Promise.all(writes.map((write) => commit([write])));
    const done = results.find((result) => result.committed);
    if (seen.size > 10_000) seen.clear();
    if (done) seen.add(known);
    else seen.delete(known);
    const refusal = results.find((result) => !result.committed);
    return { counted: done !== undefined, item: done?.item ?? refusal?.refusals[0]?.item };
  };

  const stampAt = (milliseconds: number): number => milliseconds * STAMPS_PER_MS + random.int(STAMPS_PER_MS);

  /** Lets a new session count: at login, and for one that the item forgot. */
  const admit = async (claim: TokenClaim): Promise<void> => {
    const at = clock.now();
    const result = await commit([admitSession(table, claim, limits, at)]);
    const old = result.committed ? forgottenSessions(result.item, at) : [];
    if (old.length > 0) await commit([forgetSessions(table, claim.userId, old)]);
  };

  const count = async (request: CountedRequest): Promise<Decision> => {
    const names = namesOf(request, limits);
    let earliest = 0;
    for (let tries = 0; tries < TRIES; tries += 1) {
      const stamp = stampAt(Math.max(clock.now(), earliest));
      const { counted, item } = await attempt(request, names, stamp);
      const lists = listsOf(item, names);
      if (!lists) return undefined;
      const quota = quotaOf(lists, names, stamp);
      if (counted) return { ...quota, refused: false };
      if (quota.remaining === 0) return { ...quota, refused: true };
      // Refused for a newer request, of a clock that is ahead of ours: decide again at its time.
      earliest = Math.floor(Math.max(...lists.user) / STAMPS_PER_MS);
    }
    return { limit: names.perRoute, remaining: 0, decidedAt: clock.now(), refused: true };
  };

  return { admit, count };
};
