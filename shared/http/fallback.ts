import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { gatewayCodes } from '../contracts/codes/gateway.ts';
import type { EndpointSpec } from '../contracts/endpoint.ts';
import { HTTP_VARIABLES } from '../contracts/environment.ts';
import { TRANSPORT_HEADERS } from '../contracts/transport.ts';
import { type Clock, systemClock } from '../platform/clock.ts';
import { readEnvironment } from '../platform/env.ts';
import { createLog, type Log } from '../platform/logger.ts';
import { corsHeaders, preflightHeaders } from './cors.ts';
import { render } from './envelope.ts';
import { localeOf } from './locale.ts';
import { maintenanceOf } from './maintenance.ts';
import type { FailureOutcome } from './outcome.ts';
import { stateOf } from './request.ts';

const NO_CONTENT = 204;

/** The API whose unknown routes and wrong methods are answered. */
export interface FallbackApi {
  /** Of its fallback function. */
  readonly id: string;
  readonly endpoints: readonly Pick<EndpointSpec, 'method' | 'path'>[];
  /** Whether pages of other sites may call it, and so ask first. */
  readonly crossOrigin: boolean;
}

interface Dependencies {
  readonly clock: Clock;
  readonly log: Log;
  readonly allowedOrigins: readonly string[];
  /** Whether it is reached by TLS alone. */
  readonly cookieSecure: boolean;
}

/** The methods of a route, by the resource that the gateway matched; none for an unknown route. */
const methodsOf = ({ endpoints }: FallbackApi, resource: string): readonly string[] => [
  ...new Set(endpoints.filter(({ path }) => path === resource).map(({ method }) => method)),
];

const refusal = (allow: readonly string[]): FailureOutcome =>
  allow.length === 0
    ? { ok: false, code: 'NOT_FOUND' }
    : { ok: false, code: 'METHOD_NOT_ALLOWED', params: { allow: allow.join(', ') } };

/** Answers a preflight with 204, a wrong method with 405 and `Allow`, an unknown route with 404; in maintenance both with 503. */
export const fallbackResponse = (
  api: FallbackApi,
  event: APIGatewayProxyEvent,
  context: Context,
  { clock, log, allowedOrigins, cookieSecure }: Dependencies,
): APIGatewayProxyResult => {
  const now = clock.now();
  const { headers, requestId } = stateOf({ event, context }, now);
  const methods = methodsOf(api, event.resource);
  const allow = methods.length > 0 && api.crossOrigin ? [...methods, 'OPTIONS'] : methods;
  const cors = corsHeaders(headers['origin'], allowedOrigins);
  const shared = { ...cors, ...(cookieSecure && TRANSPORT_HEADERS) };
  if (event.httpMethod === 'OPTIONS' && allow.includes('OPTIONS')) {
    const preflight = 'access-control-allow-origin' in cors ? preflightHeaders(methods) : {};
    return { statusCode: NO_CONTENT, headers: { ...shared, ...preflight, allow: allow.join(', ') }, body: '' };
  }
  // Preflights were answered above: a browser that may not ask could not read this answer either.
  const outcome = (api.crossOrigin ? maintenanceOf(event) : undefined) ?? refusal(allow);
  const response = render(outcome, {
    contract: { successMessage: null, ownCodes: gatewayCodes },
    locale: localeOf(undefined, headers),
    now,
    cookieSecure,
    acceptsHtml: false,
    headers: { ...shared, ...(outcome.code === 'METHOD_NOT_ALLOWED' && { allow: allow.join(', ') }) },
  });
  log('REQUEST', { requestId, status: response.statusCode, durationMs: clock.now() - now });
  return response;
};

const dependenciesOf = (api: FallbackApi): Dependencies => {
  const variables = readEnvironment(HTTP_VARIABLES);
  return {
    clock: systemClock,
    log: createLog(systemClock, { endpoint: api.id }),
    allowedOrigins: api.crossOrigin ? variables.ALLOWED_ORIGINS.split(',') : [],
    cookieSecure: variables.COOKIE_SECURE === 'true',
  };
};

/** The fallback's Lambda handler; reads its environment at the first request. */
export const fallbackHandler = (api: FallbackApi) => {
  let dependencies: Dependencies | undefined;
  return (event: APIGatewayProxyEvent, context: Context): Promise<APIGatewayProxyResult> => {
    dependencies ??= dependenciesOf(api);
    return Promise.resolve(fallbackResponse(api, event, context, dependencies));
  };
};
