import createMiddyStack from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { type ApiKeyAccess, type EndpointSpec, restsInMaintenance, type Result } from '../contracts/endpoint.ts';
import { moneyFieldsOf } from '../contracts/money.ts';
import type { Idempotency } from '../ledger/idempotency-store.ts';
import { createFoundation, type EndpointPlatform, type Foundation } from '../platform/platform.ts';
import type { Services } from '../platform/services.ts';
import type { SignatureDependencies } from './api-key/by-signature.ts';
import { authenticate, type BySignature } from './authenticate.ts';
import { begin, type ReadBeside, type StartBeside } from './beside.ts';
import { refuseCrossSite } from './cross-site.ts';
import { DeadlineError } from './error-outcome.ts';
import type { FormParser } from './form-body.ts';
import type { Once, OnceByKey } from './idempotency.ts';
import { parseJsonBody } from './json-body.ts';
import { refuseInMaintenance } from './maintenance.ts';
import type { Outcome } from './outcome.ts';
import { type EndpointEvent, type Middleware, stateIn } from './request.ts';
import { answer } from './answer.ts';
import type { PageSupport } from './page.ts';
import { limitAddress, sessionCounter } from './rate-limit.ts';
import { identifyStaff } from './staff.ts';
import { partsOf, type ValidRequest, validRequest } from './valid-request.ts';
import { checkOutput } from './validate.ts';

/**
 * Binds a contract to its use case. Called once a container; what it returns is called for every request. `T` is what the
 * function reads beside the session, if anything.
 */
export type Bind<E extends EndpointSpec, T = undefined> = (
  platform: EndpointPlatform<E['uses']>,
) => (request: ValidRequest<E, T>) => Result<E> | Promise<Result<E>>;

/** What takes signed requests. Handed in, so that no other bundle carries it. */
export interface KeySupport {
  readonly createBySignature: (endpoint: EndpointSpec, dependencies: SignatureDependencies) => BySignature;
  readonly requireScope: (access: Exclude<ApiKeyAccess, false>) => Middleware;
}

/** What the stack is given by the function, where its endpoint has need of it. */
export interface Parts<E extends EndpointSpec, T> {
  /** Reads the forms of an endpoint that takes them. */
  readonly form?: FormParser | undefined;
  /** Makes requests with an idempotency key happen once, on endpoints that move money. */
  readonly once?: OnceByKey | undefined;
  /** Lays out the pages of an endpoint that answers with them. */
  readonly page?: PageSupport | undefined;
  /** Takes signed requests, on endpoints that accept API keys. */
  readonly keys?: KeySupport | undefined;
  /** Reads for the handler what belongs to the user, in the same round trip as the session. */
  readonly beside?: ((platform: EndpointPlatform<E['uses']>) => ReadBeside<T>) | undefined;
}

export type LambdaHandler = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;

/** Functions end at 28 s; a handler still running this long before that is answered for with 408. */
const EARLY_MS = 1000;

const runsOutOfTime = (): never => {
  throw new DeadlineError('The handler did not finish in time.');
};

/** What reads the body that the contract declares, if it declares one. */
const bodyParserOf = ({ body }: EndpointSpec, form: FormParser | undefined): Middleware | undefined => {
  if (!body) return undefined;
  return form ? form(body) : parseJsonBody(moneyFieldsOf(body));
};

/** Both or neither: what the contract declares, and what the function hands in. */
const requireParts = (
  { id, bodyType, idempotent, response }: EndpointSpec,
  { form, once, page }: Pick<Parts<EndpointSpec, unknown>, 'form' | 'once' | 'page'>,
): void => {
  const parts: readonly (readonly [name: string, isDeclared: boolean, part: unknown])[] = [
    ['forms', bodyType === 'multipart', form],
    ['idempotency keys', idempotent === true, once],
    ['pages', response === 'page', page],
  ];
  const wrong = parts.filter(([, isDeclared, part]) => isDeclared !== (part !== undefined)).map(([name]) => name);
  if (wrong.length === 0) return;
  throw new Error(`The contract of ${id} and its function differ in ${wrong.join(' and ')}: declare and hand in both.`);
};

/** Starts the function's own reading. */
const besideOf = <E extends EndpointSpec, T>(
  endpoint: E,
  foundation: Foundation<E['uses']>,
  bind: Parts<E, T>['beside'],
): StartBeside | undefined => {
  if (!bind) return undefined;
  if (!foundation.sessionTable) throw new Error(`${endpoint.id} looks for no session, and so reads nothing beside it.`);
  const read = bind(foundation.platform);
  return ({ queryStringParameters }, state, userId) => {
    state.beside = begin(state, () => read({ userId, query: queryStringParameters ?? {} }));
  };
};

/** What finds out who signed a request, with the counter of its own that it needs. */
const bySignatureOf = <E extends EndpointSpec>(
  endpoint: E,
  foundation: Foundation<E['uses']>,
  keys: KeySupport | undefined,
  beside: readonly StartBeside[],
): BySignature | undefined => {
  const { keyStores, platform } = foundation;
  if (!keys) return undefined;
  if (!keyStores) throw new Error(`The contract of ${endpoint.id} accepts no API key: use the plain handler.`);
  const counter = sessionCounter(endpoint, foundation);
  return keys.createBySignature(endpoint, { stores: keyStores, counter, beside, core: platform });
};

/** Puts the shared stack around a use case. The first middleware is the outermost. */
export const assemble = <E extends EndpointSpec, T = undefined>(
  endpoint: E,
  foundation: Foundation<E['uses']>,
  bind: Bind<E, T>,
  parts: Parts<E, T> = {},
): LambdaHandler => {
  requireParts(endpoint, parts);
  const { form, beside, keys, page } = parts;
  const { clock, log, commit } = foundation.platform;
  const handle = bind(foundation.platform);
  const once: Once | undefined = parts.once?.(endpoint, foundation);
  const run = async (event: EndpointEvent): Promise<Outcome> => {
    const asked = partsOf(endpoint, event);
    const act = async (idempotency?: Idempotency<unknown>): Promise<Outcome> =>
      checkOutput(endpoint, await handle(await validRequest<E, T>(event, asked, idempotency)), log);
    return once ? once.answer(stateIn(event), asked, act) : act();
  };
  const stack = createMiddyStack<EndpointEvent, Outcome | APIGatewayProxyResult>(run, {
    timeoutEarlyInMillis: EARLY_MS,
    timeoutEarlyResponse: runsOutOfTime,
  });
  stack.use(answer(endpoint, foundation, page));
  if (restsInMaintenance(endpoint)) stack.use(refuseInMaintenance);
  stack.use(endpoint.auth === 'staff' ? identifyStaff : refuseCrossSite(endpoint, foundation.allowedOrigins));
  if (endpoint.rate === 'address') stack.use(limitAddress(endpoint, foundation));
  const table = foundation.sessionTable;
  const counter = sessionCounter(endpoint, foundation);
  const readings = [once?.start, besideOf(endpoint, foundation, beside)].filter((start) => start !== undefined);
  const bySignature = bySignatureOf(endpoint, foundation, keys, readings);
  if (table) stack.use(authenticate(endpoint, { table, counter, bySignature, beside: readings, commit, clock, log }));
  const bodyParser = bodyParserOf(endpoint, form);
  const scope = endpoint.apiKey === false ? undefined : keys?.requireScope(endpoint.apiKey);
  // A scope that goes by the body cannot be asked for before it is read; any other is, as reading costs.
  const inOrder = typeof endpoint.apiKey === 'object' ? [bodyParser, scope] : [scope, bodyParser];
  stack.use(inOrder.filter((middleware) => middleware !== undefined));
  return async (event, context) => {
    const response = await stack(event, context);
    if ('statusCode' in response) return response;
    throw new Error('The outermost middleware left the request without an answer.');
  };
};

/** What a function hands in: services, and what else its endpoint has need of. */
export type HandedIn<E extends EndpointSpec, T> = Services & Parts<E, T>;

/**
 * The Lambda handler of any endpoint; functions take `endpointHandler` or `keyedEndpointHandler`.
 */
export const lazyHandler = <const E extends EndpointSpec, T = undefined>(
  endpoint: E,
  bind: Bind<E, T>,
  { form, beside, keys, once, page, ...services }: HandedIn<E, T>,
): LambdaHandler => {
  let assembled: LambdaHandler | undefined;
  return async (event, context) => {
    assembled ??= assemble(endpoint, createFoundation(endpoint, services), bind, { form, beside, keys, once, page });
    return assembled(event, context);
  };
};

/**
 * The Lambda handler of an endpoint that accepts no API key (see `api-key/keyed-endpoint-handler.ts`): built at the first request, so that importing its module does nothing.
 * `handedIn` holds what the contract declares beside tables, so that no other bundle carries it.
 *
 * The compiler looks at `bind` first: it knows the type of what is read beside the session only where the parameters of
 * `handedIn.beside` have their types written out, or that function is named before (as in `wallet/history-list`).
 */
export const endpointHandler = <const E extends EndpointSpec & { readonly apiKey: false }, T = undefined>(
  endpoint: E,
  bind: Bind<NoInfer<E>, NoInfer<T>>,
  handedIn: HandedIn<NoInfer<E>, T> = {},
): LambdaHandler => lazyHandler<E, T>(endpoint, bind, handedIn);
