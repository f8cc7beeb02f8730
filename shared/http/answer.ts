import type { APIGatewayProxyResult } from 'aws-lambda';
import type { EndpointSpec } from '../contracts/endpoint.ts';
import { definitionOf } from '../contracts/codes/definition.ts';
import { TRANSPORT_HEADERS } from '../contracts/transport.ts';
import type { Uses } from '../contracts/resources.ts';
import type { Foundation } from '../platform/platform.ts';
import { corsHeaders } from './cors.ts';
import { countsOf } from './counts.ts';
import { render } from './envelope.ts';
import { outcomeOfError } from './error-outcome.ts';
import { localeOf } from './locale.ts';
import type { PageSupport } from './page.ts';
import { quotaHeaders } from './rate-limit.ts';
import type { Outcome } from './outcome.ts';
import { type EndpointRequest, type Middleware, stateOf } from './request.ts';

const isOutcome = (response: Outcome | APIGatewayProxyResult | null | undefined): response is Outcome =>
  typeof response === 'object' && response !== null && 'ok' in response;

/**
 * The outermost middleware: opens the request's state, and puts results and errors alike into the envelope,
 * with CORS headers and one log line. Outermost because Middy runs `after` and `onError` in reverse.
 */
export const answer = (endpoint: EndpointSpec, foundation: Foundation<Uses>, page?: PageSupport): Middleware => {
  const { clock, log } = foundation.platform;
  let coldStart = true;

  const finish = (request: EndpointRequest, outcome: Outcome): void => {
    const state = stateOf(request, clock.now());
    const now = clock.now();
    request.response = render(outcome, {
      contract: endpoint,
      locale: localeOf(request.event.body, state.headers),
      now,
      frontendUrl: foundation.frontendUrl,
      page,
      cookieSecure: foundation.cookieSecure,
      acceptsHtml: state.headers['accept']?.includes('text/html') ?? false,
      headers: {
        ...(foundation.cookieSecure && TRANSPORT_HEADERS),
        ...corsHeaders(state.headers['origin'], foundation.allowedOrigins),
        ...quotaHeaders(state.quota),
        ...(outcome.ok && outcome.replayed && { 'idempotent-replayed': 'true' }),
      },
    });
    const code = outcome.ok ? 'SUCCESS' : outcome.code;
    const durationMs = now - state.startedAt;
    const fields = {
      ...(state.caller && { userId: state.caller.user.userId }),
      ...(state.staff && { principal: state.staff.principal }),
      status: request.response.statusCode,
      code: definitionOf(code, endpoint).code,
      outcome: code,
      durationMs,
      coldStart,
      ...(state.quota && { countedAt: state.quota.decidedAt }),
    };
    log('REQUEST', fields, { Latency: durationMs, ...countsOf(endpoint, outcome, request.event.body) });
    coldStart = false;
  };

  return {
    before: (request) => {
      const { requestId } = stateOf(request, clock.now());
      Object.assign(foundation.logContext, { requestId });
    },
    after: (request) => {
      if (!isOutcome(request.response)) throw new Error('The stack was given no outcome to answer with.');
      finish(request, request.response);
    },
    onError: (request) => {
      finish(request, outcomeOfError(request.error, log));
    },
  };
};
