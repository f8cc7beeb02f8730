import { type Auth, type EndpointSpec, opensToNotActivated } from '../contracts/endpoint.ts';
import { UserStatus } from '../contracts/enums.ts';
import { isDueToSlide } from '../identity/session.ts';
import { type Caller, findCaller, type KnownCaller, slide } from '../identity/session-store.ts';
import { parseToken } from '../identity/token.ts';
import type { Clock } from '../platform/clock.ts';
import type { Commit } from '../platform/commit.ts';
import { describeError, type Log } from '../platform/logger.ts';
import type { TableWith } from '../platform/platform.ts';
import type { StartBeside } from './beside.ts';
import { tokenCookie } from './cookies.ts';
import { RefusedError } from './outcome.ts';
import { refuseOverQuota, type SessionCounter, settleCount } from './rate-limit.ts';
import { type EndpointEvent, type Middleware, type RequestState, stateIn } from './request.ts';
import { isSigned } from './signed.ts';

/**
 * Finds out who signed a request.
 *
 * @throws RefusedError where nobody did who may.
 */
export type BySignature = (event: EndpointEvent, state: RequestState) => Promise<KnownCaller>;

export interface AuthenticationDependencies {
  readonly table: TableWith<'batchGet' | 'update'>;
  /** Counts the requests of sessions; absent on routes that are not counted by session. */
  readonly counter: SessionCounter | undefined;
  /** Finds out who signed a request; absent on endpoints that take no API key. */
  readonly bySignature: BySignature | undefined;
  /** What else is read beside the session. */
  readonly beside: readonly StartBeside[];
  readonly commit: Commit;
  readonly clock: Clock;
  readonly log: Log;
}

/** The token of a request: from the header, else from the cookie. */
const tokenOf = (headers: Readonly<Record<string, string | undefined>>): string | undefined =>
  headers['token'] ?? tokenCookie(headers['cookie']);

/** Refuses a caller that the endpoint is not open to; returns whom the handler shall see. */
const admit = (caller: Caller | undefined, endpoint: EndpointSpec): Caller | undefined => {
  if (endpoint.auth === 'optional') return caller?.session.pending ? undefined : caller;
  if (!caller) throw new RefusedError('TOKEN_EXPIRED');
  if (caller.session.pending && endpoint.auth !== 'pending') throw new RefusedError('SECOND_FACTOR_REQUIRED');
  const activated = caller.user.userStatus !== UserStatus.NOT_ACTIVATED;
  if (!activated && !opensToNotActivated(endpoint)) throw new RefusedError('ACCOUNT_NOT_ACTIVATED');
  return caller;
};

const SLIDING: ReadonlySet<Auth> = new Set(['session', 'pending']);

const finishBackground = async ({ event }: { event: EndpointEvent }): Promise<void> => {
  await Promise.all(event.state?.background ?? []);
};

/**
 * Finds out who is calling, in one round trip, with the rate limits decided beside it. "Last seen" is written beside the handler, since nobody needs
 * to wait for it; a failure of that write is logged and costs the user nothing but idle time.
 */
export const authenticate = (endpoint: EndpointSpec, dependencies: AuthenticationDependencies): Middleware => {
  const { table, counter, bySignature, beside, commit, clock, log } = dependencies;

  const extend = async (caller: Caller, now: number): Promise<void> => {
    try {
      await commit([slide(table, caller.session, now)]);
    } catch (error) {
      log('SESSION_NOT_EXTENDED', describeError(error));
    }
  };

  const identify = async (event: EndpointEvent, state: RequestState, now: number): Promise<Caller | undefined> => {
    // Browsers send the cookie of a session along; who signs a request does not mean it.
    const token = isSigned(state.headers) ? undefined : tokenOf(state.headers);
    const claim = token === undefined ? undefined : parseToken(token);
    if (!claim) return undefined;
    for (const start of beside) start(event, state, claim.userId);
    const [caller, counted] = await Promise.all([
      findCaller(table, claim, now, endpoint.readsFactor),
      counter?.count(claim),
    ]);
    if (!caller || !counted) return caller;
    await settleCount(counted, state, log);
    return caller;
  };

  return {
    before: async ({ event }) => {
      const state = stateIn(event);
      if (isSigned(state.headers) && state.headers['token'] !== undefined) throw new RefusedError('TWO_CREDENTIALS');
      if (bySignature && isSigned(state.headers)) {
        state.caller = await bySignature(event, state);
        return;
      }
      const now = clock.now();
      const caller = await identify(event, state, now);
      refuseOverQuota(state.quota);
      const admitted = admit(caller, endpoint);
      if (!admitted) return;
      state.caller = admitted;
      const slides = SLIDING.has(endpoint.auth) && isDueToSlide(admitted.session, now);
      if (slides) state.background.push(extend(admitted, now));
    },
    after: finishBackground,
    onError: finishBackground,
  };
};
