import { changesState, type EndpointSpec } from '../contracts/endpoint.ts';
import { RefusedError } from './outcome.ts';
import { type Middleware, stateIn } from './request.ts';
import { isSigned } from './signed.ts';

const SAME_SITE = new Set(['same-origin', 'same-site']);

type Headers = Readonly<Record<string, string | undefined>>;

const isJson = (headers: Headers): boolean => /^application\/(?:[\w.-]+\+)?json\b/i.test(headers['content-type'] ?? '');

/**
 * Whether a browser may have been made to send this by another site (API chapter 2). A header token or a
 * signature proves that it was not: no other site can set either.
 */
export const isForgeable = (method: string, headers: Headers, allowedOrigins: readonly string[]): boolean => {
  if (headers['token'] !== undefined || isSigned(headers)) return false;
  const site = headers['sec-fetch-site'];
  const origin = headers['origin'];
  if (site === undefined && origin === undefined) return method === 'GET' || !isJson(headers);
  const sameSite = site !== undefined && SAME_SITE.has(site.toLowerCase());
  return !sameSite && !(origin !== undefined && allowedOrigins.includes(origin));
};

/**
 * Whether a person may have come by following a link, from wherever. Browsers that do not say so send no `Origin` then;
 * their cookies are `SameSite=Lax`, and so go along with nothing else that comes from another site.
 */
const mayBeNavigation = (headers: Headers): boolean => {
  const mode = headers['sec-fetch-mode'];
  return mode === undefined ? headers['origin'] === undefined : mode.toLowerCase() === 'navigate';
};

/** Refuses state-changing requests that another site may have forged. */
export const refuseCrossSite = (endpoint: EndpointSpec, allowedOrigins: readonly string[]): Middleware => ({
  before: ({ event }) => {
    if (!changesState(endpoint)) return;
    const { headers } = stateIn(event);
    if (endpoint.changesState === 'by-navigation' && mayBeNavigation(headers)) return;
    if (isForgeable(endpoint.method, headers, allowedOrigins)) throw new RefusedError('CROSS_SITE_REQUEST');
  },
});
