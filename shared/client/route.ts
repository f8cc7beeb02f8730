import type * as z from 'zod/mini';
import { changesState, type EndpointSpec } from '../contracts/endpoint.ts';
import { exactFieldsOf } from '../contracts/exact-fields.ts';

/** What of an endpoint is needed to call it: plain data, so that a build carries no schema. */
export interface Route {
  readonly method: EndpointSpec['method'];
  readonly path: string;
  /** Whether a session's token goes along. */
  readonly token?: true;
  /** Whether a request with an API key is signed; without it none may be. */
  readonly signed?: true;
  /** Whether it can be asked again without harm, because asking changes nothing. */
  readonly safe?: true;
  /** Takes an idempotency key, and with it can be asked again without harm. */
  readonly idempotent?: true;
  /** The body is a form and not JSON. */
  readonly form?: true;
  readonly clearsToken?: true;
  /** Fields of the answer, at any depth, that hold exact decimals. */
  readonly exact?: readonly string[];
}

/** The schema of a whole answer has its data under this name. */
const DATA = 'data';

const exactIn = (data: z.ZodMiniType): Pick<Route, 'exact'> => {
  const exact = exactFieldsOf(data, DATA);
  return exact.length > 0 ? { exact } : {};
};

export const routeOf = (endpoint: EndpointSpec): Route => ({
  method: endpoint.method,
  path: endpoint.path,
  ...(endpoint.auth !== 'none' && { token: true }),
  ...(endpoint.apiKey !== false && { signed: true }),
  ...(!changesState(endpoint) && { safe: true }),
  ...(endpoint.idempotent && { idempotent: true }),
  ...(endpoint.bodyType === 'multipart' && { form: true }),
  ...(endpoint.clearsToken && { clearsToken: true }),
  ...exactIn(endpoint.data),
});
