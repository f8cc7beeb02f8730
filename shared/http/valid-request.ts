import type * as z from 'zod/mini';
import type { ApiKeyAccess, Auth, BodyOf, DataOf, EndpointSpec, ParamsOf, QueryOf } from '../contracts/endpoint.ts';
import type { Locale } from '../contracts/locale.ts';
import type { RequestPart } from '../contracts/validation-texts.ts';
import type { Origin } from '../identity/login-log.ts';
import type { Caller, KnownCaller } from '../identity/session-store.ts';
import type { Idempotency } from '../ledger/idempotency-store.ts';
import type { StaffCaller } from '../staff/staff-caller.ts';
import { localeOf } from './locale.ts';
import { originOf } from './origin.ts';
import { type EndpointEvent, stateIn } from './request.ts';
import { parseInput } from './validate.ts';

/** Where an API key will do there is no session. */
type CallerOf<A extends Auth, K extends ApiKeyAccess> = A extends 'none' | 'staff'
  ? undefined
  : A extends 'optional'
    ? Caller | undefined
    : [K] extends [false]
      ? Caller
      : KnownCaller;

/** A request as a handler sees it: known, valid, typed by the contract. */
export interface ValidRequest<E extends EndpointSpec, T = undefined> {
  readonly params: ParamsOf<E>;
  readonly body: BodyOf<E>;
  readonly query: QueryOf<E>;
  readonly caller: CallerOf<E['auth'], E['apiKey']>;
  readonly staff: E['auth'] extends 'staff' ? StaffCaller : undefined;
  readonly locale: Locale;
  readonly origin: Origin;
  /** On routes counted by address: wait for it before anything that costs. Settled at once elsewhere. */
  readonly admitted: Promise<void>;
  /** What the function had read beside the session; on `optional` routes only for who has one. */
  readonly beside: E['auth'] extends 'optional' ? T | undefined : T;
  /** The means to keep the answer with its effect, on endpoints that take an idempotency key. */
  readonly idempotency: E['idempotent'] extends true ? Idempotency<DataOf<E>> : undefined;
}

/** A request as it was understood: its parts, valid by their schemas. */
export interface Asked {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly locale: Locale;
}

/**
 * Validates every part of a request that the contract declares.
 *
 * @throws RefusedError for the first issue.
 */
export const partsOf = (endpoint: EndpointSpec, event: EndpointEvent): Asked => {
  const locale = localeOf(event.body, stateIn(event).headers);
  const parse = (schema: z.ZodMiniType, part: RequestPart, input: unknown): unknown =>
    parseInput(endpoint, schema, { part, input, locale });
  return {
    params: endpoint.params && parse(endpoint.params, 'path', event.pathParameters ?? {}),
    query: endpoint.query && parse(endpoint.query, 'query', event.queryStringParameters ?? {}),
    body: endpoint.body && parse(endpoint.body, 'body', event.body),
    locale,
  };
};

/** Puts together what a handler is given, once all that was read beside the session is there. */
export const validRequest = async <E extends EndpointSpec, T>(
  event: EndpointEvent,
  asked: Asked,
  idempotency: Idempotency<unknown> | undefined,
): Promise<ValidRequest<E, T>> => {
  const state = stateIn(event);
  const request = {
    ...asked,
    caller: state.caller,
    staff: state.staff,
    origin: originOf(state),
    admitted: state.admitted ?? Promise.resolve(),
    beside: state.caller && (await state.beside),
    idempotency,
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- parsed by the very schemas that the type is read from
  return request as unknown as ValidRequest<E, T>;
};
