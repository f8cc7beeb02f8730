import type { Api } from './api.ts';

/** `<domain>.<operation>` of the API's description. */
export type EndpointId = keyof Api;

/** What can be called with an API key: what keys are for, and what is for anyone. */
export type KeyEndpointId = { [Id in EndpointId]: Api[Id]['byKey'] extends true ? Id : never }[EndpointId];

/** A part of a request: needed where it has fields that are, forbidden where the endpoint has none. */
type PartOf<Name extends string, T> = [T] extends [undefined]
  ? { readonly [N in Name]?: never }
  : Partial<T> extends T
    ? { readonly [N in Name]?: T }
    : { readonly [N in Name]: T };

export interface CallOptions {
  /** Ends the call, waiting before another try included. */
  readonly signal?: AbortSignal | undefined;
}

type KeyPart<Idempotent> = Idempotent extends true
  ? {
      /** 1 to 255 printable characters: however often it is sent, it happens once. Made up where none is given. */
      readonly idempotencyKey?: string | undefined;
    }
  : { readonly idempotencyKey?: never };

/** Amounts are decimal strings such as '12.50'; second factors are strings of six digits. */
export type Input<Id extends EndpointId> = PartOf<'params', Api[Id]['params']> &
  PartOf<'query', Api[Id]['query']> &
  PartOf<'body', Api[Id]['body']> &
  KeyPart<Api[Id]['idempotent']> &
  CallOptions;

/** Nothing needs to be given where every part of the input can be left out. */
export type Arguments<Id extends EndpointId> =
  Partial<Input<Id>> extends Input<Id> ? [input?: Input<Id>] : [input: Input<Id>];

interface Answered {
  /** HTTP status. */
  readonly status: number;
  /** The server's clock in epoch milliseconds. */
  readonly time: number;
}

export interface Success<Id extends EndpointId> extends Answered {
  readonly ok: true;
  readonly code: 1;
  readonly msg: string | null;
  /** Exact decimals (money, prices, quantities) are strings, digit by digit as the server wrote them. */
  readonly data: Api[Id]['data'];
  /** Whether it happened before, under the same idempotency key, and this is its first answer again. */
  readonly replayed: boolean;
}

/** Any other number: codes that every call may be answered with, and those that come to be later. */
export type OtherCode = number & NonNullable<unknown>;

export interface Failure<Id extends EndpointId> extends Answered {
  readonly ok: false;
  /** Of the API's list of codes; minus the HTTP status where that list has none. */
  readonly code: Api[Id]['code'] | OtherCode;
  /** For a person, in the language of the client. */
  readonly msg: string;
  readonly data: Api[Id]['errorData'] | null;
  /** Seconds until another try makes sense, where the server says so. */
  readonly retryAfter?: number;
  /** What was sent: with it the same call can be made again, and still happens once. */
  readonly idempotencyKey?: string;
}

/** How a call ended. What the API refuses is a result; only where there was no answer is an error thrown. */
export type Result<Id extends EndpointId> = Success<Id> | Failure<Id>;

/** @throws TransportError where no answer of the API came; what `signal` was aborted with, where it was. */
export type Call<Ids extends EndpointId> = <Id extends Ids>(id: Id, ...args: Arguments<Id>) => Promise<Result<Id>>;

/** A call whose types are forgotten. */
export interface PlainInput extends CallOptions {
  readonly params?: object | undefined;
  readonly query?: object | undefined;
  readonly body?: object | undefined;
  readonly idempotencyKey?: string | undefined;
}
