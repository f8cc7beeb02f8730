import createMiddyStack from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import type * as z from 'zod/mini';
import type { Auth, BodyOf, EndpointSpec, ParamsOf, QueryOf, Result } from '../contracts/endpoint.ts';
import type { Locale } from '../contracts/locale.ts';
import type { RequestPart } from '../contracts/validation-texts.ts';
import type { Origin } from '../identity/login-log.ts';
import type { Caller } from '../identity/session-store.ts';
import type { StaffCaller } from '../staff/staff-caller.ts';
import { createFoundation, type EndpointPlatform, type Foundation } from '../platform/platform.ts';
import type { Services } from '../platform/services.ts';
import { authenticate } from './authenticate.ts';
import { refuseCrossSite } from './cross-site.ts';
import { DeadlineError } from './error-outcome.ts';
import { type FormReader, parseFormBody } from './form-body.ts';
import { parseJsonBody } from './json-body.ts';
import { localeOf } from './locale.ts';
import type { Outcome } from './outcome.ts';
import { type EndpointEvent, type Middleware, stateIn } from './request.ts';
import { answer } from './answer.ts';
import { originOf } from './origin.ts';
import { limitAddress, sessionCounter } from './rate-limit.ts';
import { identifyStaff } from './staff.ts';
import { checkOutput, parseInput } from './validate.ts';

type CallerOf<A extends Auth> = A extends 'none' | 'staff'
  ? undefined
  : A extends 'optional'
    ? Caller | undefined
    : Caller;

/** A request as a handler sees it: known, valid, typed by the contract. */
export interface ValidRequest<E extends EndpointSpec> {
  readonly params: ParamsOf<E>;
  readonly body: BodyOf<E>;
  readonly query: QueryOf<E>;
  readonly caller: CallerOf<E['auth']>;
  readonly staff: E['auth'] extends 'staff' ? StaffCaller : undefined;
  readonly locale: Locale;
  readonly origin: Origin;
  /** On routes counted by address: wait for it before anything that costs. Settled at once elsewhere. */
  readonly admitted: Promise<void>;
}

/** Binds a contract to its use case. Called once a container; what it returns is called for every request. */
export type Bind<E extends EndpointSpec> = (
  platform: EndpointPlatform<E['uses']>,
) => (request: ValidRequest<E>) => Result<E> | Promise<Result<E>>;

export type LambdaHandler = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;

/** Functions end at 28 s; a handler still running this long before that is answered for with 408. */
const EARLY_MS = 1000;

const runsOutOfTime = (): never => {
  throw new DeadlineError('The handler did not finish in time.');
};

const validRequest = <E extends EndpointSpec>(endpoint: E, event: EndpointEvent): ValidRequest<E> => {
  const state = stateIn(event);
  const locale = localeOf(event.body, state.headers);
  const parse = <S extends z.ZodMiniType>(schema: S, part: RequestPart, input: unknown) =>
    parseInput(endpoint, schema, { part, input, locale });
  const params = endpoint.params && parse(endpoint.params, 'path', event.pathParameters ?? {});
  const query = endpoint.query && parse(endpoint.query, 'query', event.queryStringParameters ?? {});
  const body = endpoint.body && parse(endpoint.body, 'body', event.body);
  const request = {
    params,
    body,
    query,
    caller: state.caller,
    staff: state.staff,
    locale,
    origin: originOf(state),
    admitted: state.admitted ?? Promise.resolve(),
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- parsed by the very schemas that the type is read from
  return request as ValidRequest<E>;
};

/** What reads the body that the contract declares, if it declares one. */
const bodyParserOf = ({ id, body, bodyType }: EndpointSpec, form: FormReader | undefined): Middleware | undefined => {
  if ((bodyType === 'multipart') !== (form !== undefined)) {
    throw new Error(`The contract of ${id} and its function differ in forms: declare and hand in both.`);
  }
  if (!body) return undefined;
  return form ? parseFormBody(body, form) : parseJsonBody();
};

/**
 * Puts the shared stack around a use case. The first middleware is the outermost.
 *
 * @param form reads the forms of an endpoint that takes them.
 */
export const assemble = <E extends EndpointSpec>(
  endpoint: E,
  foundation: Foundation<E['uses']>,
  bind: Bind<E>,
  form?: FormReader,
): LambdaHandler => {
  const { clock, log, commit } = foundation.platform;
  const handle = bind(foundation.platform);
  const run = async (event: EndpointEvent): Promise<Outcome> =>
    checkOutput(endpoint, await handle(validRequest(endpoint, event)), log);
  const stack = createMiddyStack<EndpointEvent, Outcome | APIGatewayProxyResult>(run, {
    timeoutEarlyInMillis: EARLY_MS,
    timeoutEarlyResponse: runsOutOfTime,
  });
  stack.use(answer(endpoint, foundation));
  stack.use(endpoint.auth === 'staff' ? identifyStaff : refuseCrossSite(endpoint, foundation.allowedOrigins));
  const table = foundation.sessionTable;
  const counter = sessionCounter(endpoint, foundation);
  if (endpoint.rate === 'address') stack.use(limitAddress(endpoint, foundation));
  if (table) stack.use(authenticate(endpoint, { table, counter, commit, clock, log }));
  const bodyParser = bodyParserOf(endpoint, form);
  if (bodyParser) stack.use(bodyParser);
  return async (event, context) => {
    const response = await stack(event, context);
    if ('statusCode' in response) return response;
    throw new Error('The outermost middleware left the request without an answer.');
  };
};

/** What a function hands in: services, and what reads forms where its endpoint takes them. */
export type HandedIn = Services & { readonly form?: FormReader };

/**
 * The Lambda handler of an endpoint: built at the first request, so that importing its module does nothing.
 * `handedIn` holds what the contract declares beside tables, so that no other bundle carries it.
 */
export const endpointHandler = <const E extends EndpointSpec>(
  endpoint: E,
  bind: Bind<NoInfer<E>>,
  { form, ...services }: HandedIn = {},
): LambdaHandler => {
  let assembled: LambdaHandler | undefined;
  return async (event, context) => {
    assembled ??= assemble(endpoint, createFoundation(endpoint, services), bind, form);
    return assembled(event, context);
  };
};
