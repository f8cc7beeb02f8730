import type { EndpointSpec } from '../contracts/endpoint.ts';
import type { Uses } from '../contracts/resources.ts';
import { countAddress } from '../identity/address-quota.ts';
import { type Counted, createRequestQuota, type Quota } from '../identity/request-quota.ts';
import type { TokenClaim } from '../identity/token.ts';
import { describeError, type Log } from '../platform/logger.ts';
import type { Foundation } from '../platform/platform.ts';
import { RefusedError } from './outcome.ts';
import { type Middleware, type RequestState, stateIn } from './request.ts';

/** The longest that a caller of a full window has to wait, in seconds: windows are a second long. */
const WINDOW_SECONDS = 1;

/** A request on its way through the counter, beside the reading of its session. */
export interface CountedInAdvance {
  /** The decision; for a session that proved good but that the counter does not know yet, a new one. */
  readonly settle: () => Promise<Counted>;
}

export interface SessionCounter {
  /** @param mark what copies of one signed request have in common: together they count once. */
  readonly count: (claim: TokenClaim, mark?: string) => Promise<CountedInAdvance>;
  /** Lets an API key count until it is over (epoch milliseconds). */
  readonly admit: (claim: TokenClaim, until: number) => Promise<void>;
}

/** What a counter cannot decide is refused, never waved through. */
const orUnavailable = async <T>(counting: Promise<T>, log: Log): Promise<T> => {
  try {
    return await counting;
  } catch (error) {
    log('COUNTER_FAILED', describeError(error));
    throw new RefusedError('SERVICE_UNAVAILABLE');
  }
};

/** The counter of an endpoint that counts by session; `undefined` for others. */
export const sessionCounter = (endpoint: EndpointSpec, foundation: Foundation<Uses>): SessionCounter | undefined => {
  const { rate } = endpoint;
  const table = foundation.counterTable;
  if ((rate !== 'query' && rate !== 'orders') || !table) return undefined;
  const { log } = foundation.platform;
  const quota = createRequestQuota(table, foundation.platform);
  return {
    admit: (claim, until) => orUnavailable(quota.admit(claim, until), log),
    count: async (claim, mark) => {
      const request = { claim, route: endpoint.id, class: rate, mark };
      const decision = await orUnavailable(quota.count(request), log);
      const admitAndCount = async (): Promise<Counted> => {
        await quota.admit(claim);
        const again = await quota.count(request);
        if (!again) throw new Error('The counter forgot a session that it had just let in.');
        return again;
      };
      return { settle: () => (decision ? Promise.resolve(decision) : orUnavailable(admitAndCount(), log)) };
    },
  };
};

const tidied = async (counted: Counted, log: Log): Promise<void> => {
  try {
    await counted.tidy?.();
  } catch (error) {
    log('COUNTER_NOT_TRIMMED', describeError(error));
  }
};

/** Takes down what was decided on a known caller's request; the counter is tidied up beside answering it. */
export const settleCount = async (counted: CountedInAdvance, state: RequestState, log: Log): Promise<void> => {
  const settled = await counted.settle();
  state.quota = settled.quota;
  if (settled.tidy) state.background.push(tidied(settled, log));
};

/**
 * Refuses a request that is one too many.
 *
 * @throws RefusedError 429 with `Retry-After`.
 */
export const refuseOverQuota = (quota: Quota | undefined): void => {
  if (quota?.refused) throw tooMany(WINDOW_SECONDS);
};

const tooMany = (retryAfter: number): RefusedError =>
  new RefusedError('RATE_LIMITED', { retryAfter, params: { seconds: String(retryAfter) } });

/** Headers of every answer to a known session. `RateLimit-Reset` is in seconds (IETF draft ratelimit-headers-03). */
export const quotaHeaders = (quota: Quota | undefined): Record<string, string> =>
  quota
    ? {
        'ratelimit-limit': String(quota.limit),
        'ratelimit-remaining': String(quota.remaining),
        'ratelimit-reset': String(WINDOW_SECONDS),
      }
    : {};

/**
 * Counts a request by its source address, where it costs something. The counting runs beside the handler's first
 * calls: the handler waits for `admitted` before it does what costs, and the stack before it answers.
 */
export const limitAddress = (endpoint: EndpointSpec, foundation: Foundation<Uses>): Middleware => {
  const table = foundation.counterTable;
  const { commit, clock, rateLimits, log } = foundation.platform;

  const admit = async (ip: string): Promise<void> => {
    if (!table) return;
    const request = { ip, route: endpoint.id, limit: rateLimits.perAddress };
    const retryAfter = await orUnavailable(countAddress({ table, commit }, request, clock.now()), log);
    if (retryAfter !== undefined) throw tooMany(retryAfter);
  };

  return {
    before: ({ event }) => {
      const state = stateIn(event);
      state.admitted = admit(state.ip);
      // Whoever waits for it gets the refusal; until then it is nobody's unhandled one.
      state.admitted.catch(() => undefined);
    },
    after: async ({ event }) => {
      await stateIn(event).admitted;
    },
  };
};
