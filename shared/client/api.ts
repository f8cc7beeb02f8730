import type * as z from 'zod/mini';
import type { Code, CODES } from '../contracts/codes/catalogue.ts';
import type { DataOf, EndpointSpec } from '../contracts/endpoint.ts';
import type { ExactNumber } from '../contracts/exact-number.ts';
import type { ENDPOINTS } from '../contracts/registry.ts';

/** Where there may be an exact decimal, every number is read as its text. */
type WithoutDoubles<T> = [Extract<T, ExactNumber>] extends [never] ? T : Exclude<T, number>;

type ReceivedPart<T> = T extends ExactNumber
  ? string
  : T extends readonly (infer Element)[]
    ? readonly Received<Element>[]
    : T extends object
      ? { readonly [Name in keyof T]: Received<T[Name]> }
      : T;

/** What a client gets where a handler returns T: exact decimals are strings. */
type Received<T> = ReceivedPart<WithoutDoubles<T>>;

type SentPart<T> = T extends Blob
  ? Blob
  : T extends readonly (infer Element)[]
    ? readonly Sent<Element>[]
    : T extends object
      ? { readonly [Name in keyof T]: Sent<T[Name]> }
      : T;

/** What a client sends where a schema reads T: text where text will do, which keeps amounts exact and codes' zeros. */
type Sent<T> = SentPart<string extends T ? Exclude<T, number> : T>;

/** Values of a query that a schema reads from text by itself. */
type SentInQuery<T> = { readonly [Name in keyof T]: unknown extends T[Name] ? string | number : Sent<T[Name]> };

type InputOf<S> = S extends z.ZodMiniType ? z.input<S> : undefined;

type Part<S> = S extends undefined ? undefined : Sent<S>;

type QueryPart<S> = S extends undefined ? undefined : SentInQuery<S>;

type CodeOf<C> = C extends Code ? (typeof CODES)[C]['code'] : never;

type ErrorDataOf<E extends EndpointSpec> = E extends { readonly errorData: infer Schemas }
  ? Received<{ [C in keyof Schemas]: InputOf<Schemas[C]> }[keyof Schemas]>
  : never;

type OpenToKeys<E extends EndpointSpec> = E['apiKey'] extends false ? (E['auth'] extends 'none' ? true : false) : true;

/** What is known of a call: what it takes, what it gives, and with which codes it fails beside those of any call. */
interface CallOf<E extends EndpointSpec> {
  readonly params: Part<InputOf<E['params']>>;
  readonly query: QueryPart<InputOf<E['query']>>;
  readonly body: Part<InputOf<E['body']>>;
  readonly data: Received<DataOf<E>>;
  readonly code: CodeOf<E['codes'][number]>;
  readonly errorData: ErrorDataOf<E>;
  /** Whether it can be called with an API key. */
  readonly byKey: OpenToKeys<E>;
  readonly idempotent: E['idempotent'] extends true ? true : false;
}

type Endpoint = (typeof ENDPOINTS)[number];

/** Pages, redirects and documents are no calls; see ROUTES. */
type Callable = Exclude<Endpoint, { readonly response: string }>;

/** Every call of the API by its id, from the contracts. A build's declarations have it written out. */
export type Api = { readonly [E in Callable as E['id']]: CallOf<E> };
