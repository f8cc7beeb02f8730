import * as z from 'zod/mini';
import type { EndpointSpec } from '../../shared/contracts/endpoint.ts';
import { CommandError } from './errors.ts';

/** A request as it will be sent. */
export interface StaffRequest {
  readonly method: string;
  readonly url: URL;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** Says who calls: gives the headers that the staff API's gateway asks for, those of the request included. */
export type Authorize = (request: StaffRequest) => Promise<Readonly<Record<string, string>>>;

/** What a call says: its path parameters, query and body, as the endpoint's schemas take them. */
export type CallInput<E extends EndpointSpec> = (E['params'] extends z.ZodMiniType
  ? { readonly params: z.input<E['params']> }
  : { readonly params?: never }) &
  (E['query'] extends z.ZodMiniType ? { readonly query: z.input<E['query']> } : { readonly query?: never }) &
  (E['body'] extends z.ZodMiniType ? { readonly body: z.input<E['body']> } : { readonly body?: never });

/**
 * Calls an endpoint of the staff API and returns its data. Never tried again: what was sent may have been done.
 *
 * @param data - reads the data: the endpoint's own schema, but where that writes exact numbers, which come as numbers.
 * @throws CommandError with what the API said, or why there was no answer.
 */
export type CallStaff = <E extends EndpointSpec, S extends z.ZodMiniType>(
  endpoint: E,
  input: CallInput<E>,
  data: S,
) => Promise<z.output<S>>;

export interface StaffClientOptions {
  /** Where the staff API answers, without a slash at its end. */
  readonly url: string;
  readonly authorize: Authorize;
  readonly timeoutMs?: number;
}

/** The gateway gives up after 29 s. */
const TIMEOUT_MS = 35_000;

const envelope = z.object({ code: z.int(), msg: z.nullable(z.string()), data: z.unknown() });

/** What paths and queries are made of. */
const plain = z.record(z.string(), z.optional(z.union([z.string(), z.number(), z.boolean()])));

const encoded = (values: unknown): readonly (readonly [string, string])[] =>
  Object.entries(plain.parse(values)).flatMap(([name, value]) =>
    value === undefined ? [] : [[encodeURIComponent(name), encodeURIComponent(value)] as const],
  );

/** Spaces become %20 and not +, which a signature would not bear. */
const urlOf = (base: string, { path }: EndpointSpec, params: unknown = {}, query: unknown = {}): URL => {
  const filled = encoded(params).reduce((text, [name, value]) => text.replace(`{${name}}`, value), path as string);
  const search = encoded(query).map(([name, value]) => `${name}=${value}`);
  return new URL(`${base}${filled}${search.length > 0 ? `?${search.join('&')}` : ''}`);
};

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
};

const send = async ({ method, url, body }: StaffRequest, headers: HeadersInit, timeoutMs: number) => {
  try {
    const response = await fetch(url, {
      method,
      headers,
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
      ...(body !== undefined && { body }),
    });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    throw new CommandError(
      `${method} ${url.origin} gave no answer: ${reasonOf(error)}. Is the API running there (ADMIN_URL)?`,
      { cause: error },
    );
  }
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** A client of the staff API at one address. */
export const createStaffClient =
  ({ url: base, authorize, timeoutMs = TIMEOUT_MS }: StaffClientOptions): CallStaff =>
  async (endpoint, { params, query, body }, schema) => {
    const request: StaffRequest = {
      method: endpoint.method,
      url: urlOf(base, endpoint, params, query),
      headers: { 'accept-language': 'en', ...(body !== undefined && { 'content-type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
    };
    const { status, text } = await send(request, await authorize(request), timeoutMs);
    const answer = envelope.safeParse(parsed(text));
    if (!answer.success)
      throw new CommandError(`${request.url.origin} answered HTTP ${status}, but not as the staff API does.`);
    const { code, msg, data } = answer.data;
    if (code !== 1) throw new CommandError(`Refused: ${msg ?? 'no reason given'} (code ${code}, HTTP ${status})`);
    const read = schema.safeParse(data);
    if (read.success) return read.data;
    throw new CommandError(
      `It was done, but the answer is not what this version knows: ${z.prettifyError(read.error)}`,
    );
  };
