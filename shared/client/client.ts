import type { Call, EndpointId, KeyEndpointId, PlainInput, Result } from './call.ts';
import { type KeyCredentials, signingWith, type SignRequest } from './credentials.ts';
import { bodyOf, signedPath, urlOf } from './request.ts';
import { resultOf } from './result.ts';
import { retryAfterOf, type RetryOptions, sleep, waitBeforeRetry } from './retry.ts';
import type { Route } from './route.ts';
import { ROUTES } from './routes.ts';
import { hexOf } from './signature.ts';
import { exchange } from './transport.ts';

export type { Failure, Input, Result, Success } from './call.ts';
export { TransportError } from './transport.ts';
export type { EndpointId, KeyEndpointId };

interface CommonOptions extends Partial<RetryOptions> {
  /** Where the API answers, such as `https://api.example.com`; with the stage, where its address has one. */
  readonly baseUrl: string;
  /** For each try; 35 s without it, a little more than the gateway takes. */
  readonly timeoutMs?: number;
  /** Of messages: `en`, `zh-CN`, or `zh-TW`, which is what the API speaks without it. */
  readonly language?: string;
  readonly fetch?: typeof fetch;
  /** Epoch milliseconds. The server takes signatures of the 30 s around its own clock. */
  readonly clock?: { readonly now: () => number };
  /** Bytes that nobody can guess; those of WebCrypto without it. */
  readonly random?: (size: number) => Uint8Array;
}

export interface KeyOptions extends CommonOptions, KeyCredentials {
  readonly token?: never;
  readonly cookies?: never;
}

export interface SessionOptions extends CommonOptions {
  readonly apiKey?: never;
  readonly secret?: never;
  /** Of a session that is there already; a login brings its own. */
  readonly token?: string | undefined;
  /** The browser keeps the session in its cookie, out of reach of the page. Only for pages of the API's own domain. */
  readonly cookies?: boolean | undefined;
}

export interface Client<Ids extends EndpointId> {
  readonly call: Call<Ids>;
}

export interface SessionClient extends Client<EndpointId> {
  /** Of the session, for whoever wants to keep it; a login sets it and a logout ends it. */
  readonly token: string | undefined;
}

const TIMEOUT_MS = 35_000;
const RETRIES = 3;
const LONGEST_WAIT_MS = 10_000;
const KEY_BYTES = 16;
const NO_BODY = new Uint8Array();

const randomBytes = (size: number): Uint8Array => crypto.getRandomValues(new Uint8Array(size));

/** From 0 up to and without 1. */
const fractionOf = ([byte = 0, other = 0]: Uint8Array): number => (byte * 256 + other) / 65_536;

const settled = (options: KeyOptions | SessionOptions) => {
  const { clock = Date, random = randomBytes, fetch: send = globalThis.fetch } = options;
  return {
    baseUrl: options.baseUrl,
    timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
    retry: { retries: options.retries ?? RETRIES, longestWaitMs: options.longestWaitMs ?? LONGEST_WAIT_MS },
    headers: options.language === undefined ? {} : { 'accept-language': options.language },
    credentials: options.cookies ? ('include' as const) : ('omit' as const),
    // Browsers want it called on its own, not as the member of something.
    fetch: (...args: Parameters<typeof fetch>) => send(...args),
    now: () => clock.now(),
    fraction: () => fractionOf(random(2)),
    newKey: () => hexOf(random(KEY_BYTES)),
    sign: options.apiKey === undefined ? undefined : signingWith(options, () => clock.now()),
  };
};

type Settled = ReturnType<typeof settled>;

/** What every try of a call has in common. */
const prepared = (settings: Settled, route: Route, input: PlainInput) => {
  const url = urlOf(settings.baseUrl, route, input);
  const body = bodyOf(route, input.body);
  const idempotencyKey = route.idempotent ? (input.idempotencyKey ?? settings.newKey()) : undefined;
  const headers = {
    ...settings.headers,
    ...(body !== undefined && !route.form && { 'content-type': 'application/json' }),
    ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
  };
  return { url, body, headers, idempotencyKey };
};

type Prepared = ReturnType<typeof prepared>;

const signatureOf = async (sign: SignRequest | undefined, route: Route, { url, body }: Prepared) =>
  sign && route.signed ? sign({ path: signedPath(url), body: body instanceof Uint8Array ? body : NO_BODY }) : {};

/** A client that signs with an API key: for whatever keys may do, and what is for anyone. */
export function createClient(options: KeyOptions): Client<KeyEndpointId>;
/** A client of one person: logs in, and keeps the token that it is given. */
export function createClient(options: SessionOptions): SessionClient;
export function createClient(options: KeyOptions | SessionOptions): SessionClient {
  const settings = settled(options);
  let token = options.token;

  const attempt = async (route: Route, request: Prepared, signal: AbortSignal | undefined) => {
    const { url, body, headers, idempotencyKey } = request;
    const session = token !== undefined && route.token ? { token } : {};
    const signature = await signatureOf(settings.sign, route, request);
    return exchange(
      url,
      {
        method: route.method,
        headers: { ...headers, ...session, ...signature },
        credentials: settings.credentials,
        ...(body && { body }),
      },
      { fetch: settings.fetch, timeoutMs: settings.timeoutMs, signal, idempotencyKey },
    );
  };

  const call = async <Id extends EndpointId>(id: Id, input: PlainInput = {}): Promise<Result<Id>> => {
    const route = ROUTES[id];
    if (!route) throw new TypeError(`There is no "${id}" in the API.`);
    const request = prepared(settings, route, input);
    for (let before = 0; ; before += 1) {
      const answer = await attempt(route, request, input.signal);
      const retryAfter = retryAfterOf(answer.headers.get('retry-after'), settings.now());
      const repeatable = route.safe ?? route.idempotent ?? false;
      const wait = repeatable
        ? waitBeforeRetry({ status: answer.status, retryAfter, before }, settings.retry, settings.fraction)
        : undefined;
      if (wait === undefined) {
        const result = resultOf<Id>(answer, route, { ...request, retryAfter });
        if (result.ok && !options.cookies)
          token = route.clearsToken ? undefined : (answer.headers.get('token') ?? token);
        return result;
      }
      await sleep(wait, input.signal);
    }
  };

  return {
    call: (id, ...args) => call(id, args[0]),
    get token() {
      return token;
    },
  };
}
