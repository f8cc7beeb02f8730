import type * as z from 'zod/mini';
import type { ApiKeyScope } from './api-key-scopes.ts';
import type { Code, CodeDefinition, MessageParameters, PlainCode } from './codes/catalogue.ts';
import type { CountedClass } from './rate-limits.ts';
import type { Counts } from './metrics.ts';
import type { NativePackage } from './native-packages.ts';
import type { Uses } from './resources.ts';

/**
 * Who may call:
 * - `none`: anyone; a token is not even read.
 * - `optional`: anyone; a good token makes the caller known, a bad one is ignored.
 * - `session`: a full session.
 * - `pending`: a session, also one that still owes its second factor.
 * - `staff`: whom IAM lets call the staff API; no session, no cookie, no key.
 */
export type Auth = 'none' | 'optional' | 'session' | 'pending' | 'staff';

/**
 * Rate class of the reference's chapter "Rate Limits". Routes for anyone are `public` (left to the gateway and WAF), or
 * `address` where a request costs something (a mail, a password hash, a picture): counted by source address in code.
 * The staff's are `staff`: left to their own gateway's throttle.
 */
export type RateClass = 'public' | 'address' | 'staff' | CountedClass;

/**
 * What an API key needs to be accepted in place of a session: `false` where none is; a scope; or scopes by the value of
 * a field of the body, where a value without one takes a session.
 */
export type ApiKeyAccess =
  | false
  | ApiKeyScope
  | { readonly by: string; readonly scopes: Readonly<Record<string, ApiKeyScope>> };

/** What answers a field that is empty or missing, in place of the general sentence about parameters. */
export type EmptyField =
  | { readonly literal: string }
  | { readonly code: Code; readonly data: Readonly<Record<string, unknown>> };

/** How a front-end shows a failure that a person was redirected with. */
export type AlertType = 'expired' | 'used' | 'login' | 'error';

/** An endpoint as it is declared. Inert: nothing here runs, every consumer reads it. */
export interface EndpointSpec {
  /** `<domain>.<operation>`: also the function's file and name. */
  readonly id: `${string}.${string}`;
  /** Where the API specification describes it, such as `4.2`. */
  readonly chapter: `${number}.${number}` | 'Staff API';
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** May hold `{parameters}`, each a field of `params`. */
  readonly path: `/v1/${string}` | `/admin/v1/${string}`;
  /** Another path that the reference prints for it, where the gateway answers alike. */
  readonly alsoAt?: `/bitgin/v1/${string}`;
  readonly summary: string;
  readonly auth: Auth;
  readonly apiKey: ApiKeyAccess;
  readonly rate: RateClass;
  /**
   * A GET that changes state, and so must not be forgeable from another site. `by-navigation`: a person may come from
   * another site by following a link; what that site's pages load by themselves is refused.
   */
  readonly changesState?: true | 'by-navigation';
  /** Moves or reserves money, and so takes an `Idempotency-Key`. POST and PATCH of sessions or keys only. */
  readonly idempotent?: true;
  /** The caller's second factor is read together with the session. */
  readonly readsFactor?: true;
  readonly params?: z.ZodMiniObject;
  readonly query?: z.ZodMiniObject;
  readonly body?: z.ZodMiniObject;
  /** How the body is written: a form of type multipart/form-data, whose `z.file()` fields are files; without it JSON. */
  readonly bodyType?: 'multipart';
  /** What `data` holds on success. With `document`, the whole bare body. */
  readonly data: z.ZodMiniType;
  /**
   * `document`: the body is bare JSON, cacheable, without envelope. `page`: `data` is HTML, for a person. `redirect`: the
   * answer sends a person's browser to the stage's front-end, `data` being the query parameters in their order; so do
   * failures, as `alertcode` and `alerttype`.
   */
  readonly response?: 'document' | 'page' | 'redirect';
  /** What a front-end is told of a failure beside its code; without it `login` where a session is wanting, else `error`. */
  readonly alerts?: { readonly [C in Code]?: AlertType };
  /** Seconds that shared caches may keep an answer; without it none may. */
  readonly cacheSeconds?: number;
  /** Every failure the handler can return. What the shared stack answers by itself is not listed. */
  readonly codes: readonly Code[];
  /** Where those of them are defined that few endpoints answer with, so that no other bundle carries their texts. */
  readonly ownCodes?: { readonly [C in Code]?: CodeDefinition };
  /** What `data` holds beside a failure, for the codes that carry some. */
  readonly errorData?: { readonly [C in Code]?: z.ZodMiniType };
  readonly emptyFields?: Readonly<Record<string, EmptyField>>;
  /** What answers a field that is missing or wrong, in place of the general sentence; each of them among `codes`. */
  readonly wrongFields?: Readonly<Record<string, PlainCode>>;
  /** `msg` on success, to the letter of the reference. */
  readonly successMessage: string | null;
  /** Goes on answering while the API is in maintenance: who watches it needs to know that it runs. */
  readonly inMaintenance?: true;
  /** Success may carry a session token: as response header `token` and as cookie. */
  readonly issuesToken?: true;
  /** Success ends the session and clears its cookie. */
  readonly clearsToken?: true;
  /** What its answers count as for the business; an answer is counted once it is given. */
  readonly counts?: Counts;
  readonly uses: Uses;
  /** Memory of the function in MB where the stage's is not right for it; Lambda gives CPU in step with it. */
  readonly memoryMb?: number;
  /** Packages with native code that the function's asset carries, built for Lambda. */
  readonly native?: readonly NativePackage[];
  /** The reference's example, shown in the OpenAPI document and checked against the schemas. */
  readonly example: {
    readonly params?: Readonly<Record<string, string>>;
    readonly query?: Readonly<Record<string, unknown>>;
    readonly body?: Readonly<Record<string, unknown>>;
    readonly data: unknown;
  };
}

/** Declares an endpoint and keeps every literal of it in its type. */
export const defineEndpoint = <const E extends EndpointSpec>(endpoint: E): E => endpoint;

type InputOf<S> = S extends z.ZodMiniType ? z.output<S> : undefined;
export type ParamsOf<E extends EndpointSpec> = InputOf<E['params']>;
export type BodyOf<E extends EndpointSpec> = InputOf<E['body']>;
export type QueryOf<E extends EndpointSpec> = InputOf<E['query']>;
export type DataOf<E extends EndpointSpec> = z.input<E['data']>;

type ErrorDataOf<E extends EndpointSpec, C extends Code> = E extends {
  readonly errorData: { readonly [K in C]: infer S extends z.ZodMiniType };
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

/** Whether the endpoint refuses while the API is in maintenance; staff go on working. */
export const restsInMaintenance = ({ auth, inMaintenance }: Pick<EndpointSpec, 'auth' | 'inMaintenance'>): boolean =>
  auth !== 'staff' && inMaintenance !== true;

/** Whether the endpoint looks for a session, be it that it can do without. */
export const readsSessions = ({ auth }: Pick<EndpointSpec, 'auth'>): boolean => auth !== 'none' && auth !== 'staff';

/** Whether the endpoint changes something, and so needs proof that no other site forged the request. */
export const changesState = (endpoint: Pick<EndpointSpec, 'method' | 'changesState'>): boolean =>
  endpoint.method !== 'GET' || endpoint.changesState !== undefined;

/** Whether a user who never verified the e-mail address may call it: chapters 3 and 4 only. */
export const opensToNotActivated = (endpoint: Pick<EndpointSpec, 'chapter'>): boolean =>
  endpoint.chapter.startsWith('3.') || endpoint.chapter.startsWith('4.');
