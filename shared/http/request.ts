import type { MiddlewareObj, Request } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import type { ApiKeyScope } from '../contracts/api-key-scopes.ts';
import type { Quota } from '../identity/request-quota.ts';
import type { KnownCaller } from '../identity/session-store.ts';
import type { Kept } from '../ledger/idempotency-store.ts';
import type { StaffCaller } from '../staff/staff-caller.ts';
import type { Outcome } from './outcome.ts';

/** What the stack learns of a request on its way in. One object a request, carried by the event. */
export interface RequestState {
  readonly requestId: string;
  readonly startedAt: number;
  /** By lower-case name; where a client repeats a header, the last one, as API Gateway has it. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly ip: string;
  caller?: KnownCaller;
  /** Of the API key that signed the request. */
  scopes?: readonly ApiKeyScope[];
  staff?: StaffCaller;
  quota?: Quota;
  /** Settles when the source address may go on; rejects with the refusal. Only on routes counted by address. */
  admitted?: Promise<void>;
  /** What is kept under the request's idempotency key: of use only once its caller is known. */
  kept?: Promise<Kept | undefined>;
  /** What the function reads beside the session: likewise. */
  beside?: Promise<unknown>;
  /** What runs beside the handler and is waited for before the answer. */
  readonly background: Promise<unknown>[];
}

/** An API Gateway event with its state. `body` is text on arrival, and (whatever its type says) a value once parsed. */
export type EndpointEvent = APIGatewayProxyEvent & { state?: RequestState };

export type EndpointRequest = Request<EndpointEvent, Outcome | APIGatewayProxyResult>;
export type Middleware = MiddlewareObj<EndpointEvent, Outcome | APIGatewayProxyResult>;

const lowerCase = (headers: APIGatewayProxyEvent['headers'] | null): Record<string, string | undefined> => {
  const lower: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(headers ?? {})) lower[name.toLowerCase()] = value;
  return lower;
};

const openState = (event: EndpointEvent, context: Context, now: number): RequestState => {
  const headers = lowerCase(event.headers);
  // Clients may write header names in any case; Middy's parsers look for two spellings only.
  Object.assign(event, { headers });
  const { requestId, identity } = event.requestContext;
  return {
    requestId: requestId || context.awsRequestId,
    startedAt: now,
    headers,
    ip: identity.sourceIp,
    background: [],
  };
};

/** Gives the event its state, the first time it is asked for. */
export const stateOf = ({ event, context }: Pick<EndpointRequest, 'event' | 'context'>, now: number): RequestState =>
  (event.state ??= openState(event, context, now));

/** The state of a request that has been through the outermost middleware. */
export const stateIn = (event: EndpointEvent): RequestState => {
  if (!event.state) throw new Error('The request has no state: the envelope middleware must come first.');
  return event.state;
};
