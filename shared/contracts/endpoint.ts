import type * as z from 'zod';
import type { Code, MessageParameters } from './codes/catalogue.ts';
import type { CountedClass } from './rate-limits.ts';
import { mergeUses, type Uses } from './resources.ts';

/**
 * Who may call:
 * - `none`: anyone; a token is not even read.
 * - `optional`: anyone; a good token makes the caller known, a bad one is ignored.
 * - `session`: a full session.
 * - `pending`: a session, also one that still owes its second factor.
 */
export type Auth = 'none' | 'optional' | 'session' | 'pending';

/**
 * Rate class of the reference's chapter "Rate Limits". Routes for anyone are `public` (left to the gateway and WAF), or
 * `address` where a request costs something (a mail, a password hash, a picture): counted by source address in code.
 */
export type RateClass = 'public' | 'address' | CountedClass;

/** What answers a field that is empty or missing, in place of the general sentence about parameters. */
export type EmptyField =
  | { readonly literal: string }
  | { readonly code: Code; readonly data: Readonly<Record<string, unknown>> };

/** An endpoint as it is declared. Inert: nothing here runs, every consumer reads it. */
export interface EndpointSpec {
  /** `<domain>.<operation>`: also the function's file and name. */
  readonly id: `${string}.${string}`;
  /** Where the API specification describes it, such as `4.2`. */
  readonly chapter: `${number}.${number}`;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: `/v1/${string}`;
  readonly summary: string;
  readonly auth: Auth;
  /** Whether an API key is accepted in place of a session. */
  readonly apiKey: boolean;
  readonly rate: RateClass;
  /** A GET that changes state, and so must not be forgeable from another site. */
  readonly changesState?: true;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodObject;
  /** What `data` holds on success. With `document`, the whole bare body. */
  readonly data: z.ZodType;
  /** `document`: the body is bare JSON, cacheable, without envelope. */
  readonly response?: 'document';
  /** Seconds that shared caches may keep an answer; without it none may. */
  readonly cacheSeconds?: number;
  /** Every failure the handler can return. What the shared stack answers by itself is not listed. */
  readonly codes: readonly Code[];
  /** What `data` holds beside a failure, for the codes that carry some. */
  readonly errorData?: { readonly [C in Code]?: z.ZodType };
  readonly emptyFields?: Readonly<Record<string, EmptyField>>;
  /** `msg` on success, to the letter of the reference. */
  readonly successMessage: string | null;
  /** Success may carry a session token: as response header `token` and as cookie. */
  readonly issuesToken?: true;
  /** Success ends the session and clears its cookie. */
  readonly clearsToken?: true;
  readonly uses: Uses;
  /** The reference's example, shown in the OpenAPI document and checked against the schemas. */
  readonly example: {
    readonly query?: Readonly<Record<string, unknown>>;
    readonly body?: Readonly<Record<string, unknown>>;
    readonly data: unknown;
  };
}

/** Declares an endpoint and keeps every literal of it in its type. */
export const defineEndpoint = <const E extends EndpointSpec>(endpoint: E): E => endpoint;

type InputOf<S> = S extends z.ZodType ? z.output<S> : undefined;

export type BodyOf<E extends EndpointSpec> = InputOf<E['body']>;
export type QueryOf<E extends EndpointSpec> = InputOf<E['query']>;
export type DataOf<E extends EndpointSpec> = z.input<E['data']>;

type ErrorDataOf<E extends EndpointSpec, C extends Code> = E extends {
  readonly errorData: { readonly [K in C]: infer S extends z.ZodType };
}
  ? { readonly data: z.input<S> }
  : { readonly data?: never };

export type Success<E extends EndpointSpec> = {
  readonly ok: true;
  readonly data: DataOf<E>;
} & (E extends { readonly issuesToken: true } ? { readonly token: string } : { readonly token?: never });

/** A failure with one of the codes that the contract lists; any other does not compile. */
export type Failure<E extends EndpointSpec> = {
  [C in E['codes'][number]]: {
    readonly ok: false;
    readonly code: C;
    /** Whole seconds; becomes `Retry-After`. */
    readonly retryAfter?: number;
  } & MessageParameters<C> &
    ErrorDataOf<E, C>;
}[E['codes'][number]];

/** What a handler returns: an outcome of its contract. Only infrastructure faults throw. */
export type Result<E extends EndpointSpec> = Success<E> | Failure<E>;

const SESSION_USES: Readonly<Record<Auth, Uses>> = {
  none: {},
  optional: { users: ['batchGet'] },
  session: { users: ['batchGet', 'update'], ephemeral: ['update'] },
  pending: { users: ['batchGet', 'update'], ephemeral: ['update'] },
};

const RATE_USES: Readonly<Record<RateClass, Uses>> = {
  public: {},
  address: { ephemeral: ['update'] },
  query: {},
  orders: {},
};

/** What the endpoint declares together with what authentication and rate limits need. */
export const effectiveUses = (endpoint: Pick<EndpointSpec, 'auth' | 'rate' | 'uses'>): Uses =>
  mergeUses(endpoint.uses, mergeUses(SESSION_USES[endpoint.auth], RATE_USES[endpoint.rate]));

/** Whether the endpoint changes something, and so needs proof that no other site forged the request. */
export const changesState = (endpoint: Pick<EndpointSpec, 'method' | 'changesState'>): boolean =>
  endpoint.method !== 'GET' || endpoint.changesState === true;

/** Whether a user who never verified the e-mail address may call it: chapters 3 and 4 only. */
export const opensToNotActivated = (endpoint: Pick<EndpointSpec, 'chapter'>): boolean =>
  endpoint.chapter.startsWith('3.') || endpoint.chapter.startsWith('4.');
