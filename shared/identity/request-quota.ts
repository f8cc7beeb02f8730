import type { RateLimits } from '../contracts/rate-limits.ts';
import type { Core, TableWith } from '../platform/platform.ts';
import { forgetAhead } from './quota-ahead.ts';
import {
  admitSession,
  boundsOf,
  type CountedRequest,
  countRequest,
  isCopy,
  type Lists,
  listsOf,
  type Names,
  namesOf,
  STAMPS_PER_MS,
  trim,
} from './quota-item.ts';
import { forgetSessions, isCrowded } from './quota-sessions.ts';
import type { Write } from '../platform/writes.ts';
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

/** A counted request, and what may be tidied up beside answering it. */
export interface Counted {
  readonly quota: Quota;
  readonly tidy?: () => Promise<unknown>;
}

const quotaOf = ({ user, route }: Lists, names: Names, stamp: number): Omit<Quota, 'refused'> => {
  const cut = boundsOf(stamp)[':cut'];
  const recent = (list: readonly number[]): number => list.filter((at) => at > cut).length;
  return {
    limit: names.perRoute,
    remaining: Math.max(0, Math.min(names.perUser - recent(user), names.perRoute - recent(route))),
    decidedAt: Math.floor(stamp / STAMPS_PER_MS),
  };
};

/** Counts requests, each with one conditional write. */
export const createRequestQuota = (table: TableWith<'update'>, core: Core & { readonly rateLimits: RateLimits }) => {
  const { commit, random, clock, rateLimits: limits } = core;

  const stampAt = (milliseconds: number): number => milliseconds * STAMPS_PER_MS + random.int(STAMPS_PER_MS);

  const each = (writes: readonly Write[]) => Promise.all(writes.map((write) => commit([write])));

  /** Lets a new session count: at login, and for one that the item forgot; likewise an API key, at its first use. */
  const admit = async (claim: TokenClaim, until?: number): Promise<void> => {
    const at = clock.now();
    const result = await commit([admitSession(table, claim, at, until)]);
    if (!result.committed || !isCrowded(result.item)) return;
    await each(forgetSessions(table, claim, result.item, at));
  };

  /** `undefined`: the item does not know the session, which is forged, over, or forgotten. */
  const count = async (request: CountedRequest): Promise<Counted | undefined> => {
    const { userId } = request.claim;
    const names = namesOf(request, limits);
    let earliest = 0;
    for (let tries = 0; tries < TRIES; tries += 1) {
      const stamp = stampAt(Math.max(clock.now(), earliest));
      const result = await commit([countRequest(table, userId, names, stamp)]);
      const lists = listsOf(result.committed ? result.item : result.refusals[0]?.item, names);
      if (!lists) return undefined;
      const quota = quotaOf(lists, names, stamp);
      if (result.committed) {
        const cut = trim(table, userId, names, lists);
        // Once a session and route is often enough, and beside that request nobody waits for it as a login would.
        const isFirst = lists.route.length === 1;
        const forget = isFirst ? forgetSessions(table, request.claim, result.item, clock.now()) : [];
        const tidying = cut ? [cut, ...forget] : forget;
        return { quota: { ...quota, refused: false }, ...(tidying.length > 0 && { tidy: () => each(tidying) }) };
      }
      if (isCopy(lists, names)) return { quota: { ...quota, refused: false } };
      const forget = forgetAhead(table, userId, names, { lists, now: clock.now() });
      if (forget) {
        await commit([forget]);
        continue;
      }
      if (quota.remaining === 0) return { quota: { ...quota, refused: true } };
      // Refused for a newer request, of a clock that is ahead of ours: decide again at its time.
      earliest = Math.floor(Math.max(...lists.user) / STAMPS_PER_MS);
    }
    return { quota: { limit: names.perRoute, remaining: 0, decidedAt: clock.now(), refused: true } };
  };

  return { admit, count };
};
