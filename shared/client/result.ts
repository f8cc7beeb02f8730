import type { Api } from './api.ts';
import type { EndpointId, Failure, Result, Success } from './call.ts';
import { parseExact } from './exact-json.ts';
import type { Route } from './route.ts';
import { type Answer, TransportError } from './transport.ts';

interface Envelope<Data> {
  readonly code: number;
  readonly msg: string | null;
  readonly time: number;
  readonly data: Data;
}

const SUCCESS = 1;

/** The envelope is checked; that its data is what the contract promises is what the server's own checks are for. */
const isEnvelope = <Data>(value: unknown): value is Envelope<Data> =>
  typeof value === 'object' &&
  value !== null &&
  'code' in value &&
  Number.isInteger(value.code) &&
  'time' in value &&
  typeof value.time === 'number' &&
  'msg' in value &&
  (value.msg === null || typeof value.msg === 'string') &&
  'data' in value;

const parsed = (text: string, exact: readonly string[]): unknown => {
  try {
    return parseExact(text, exact);
  } catch {
    return undefined;
  }
};

/** What is known of a call besides its answer. */
export interface Asked {
  readonly url: URL;
  readonly idempotencyKey: string | undefined;
  /** Seconds. */
  readonly retryAfter: number | undefined;
}

const successOf = <Id extends EndpointId>(
  { status, headers }: Answer,
  { msg, time, data }: Envelope<Api[Id]['data']>,
): Success<Id> => ({
  ok: true,
  status,
  code: SUCCESS,
  msg,
  time,
  data,
  replayed: headers.get('idempotent-replayed') === 'true',
});

const failureOf = <Id extends EndpointId>(
  { status }: Answer,
  { code, msg, time, data }: Envelope<Api[Id]['errorData'] | null>,
  { retryAfter, idempotencyKey }: Asked,
): Failure<Id> => ({
  ok: false,
  status,
  code,
  msg: msg ?? '',
  time,
  data,
  ...(retryAfter !== undefined && { retryAfter }),
  ...(idempotencyKey !== undefined && { idempotencyKey }),
});

/**
 * Reads an answer.
 *
 * @throws TransportError where it is not one of the API.
 */
export const resultOf = <Id extends EndpointId>(answer: Answer, { exact = [] }: Route, asked: Asked): Result<Id> => {
  const body = parsed(answer.text, exact);
  if (isEnvelope<Api[Id]['data']>(body) && body.code === SUCCESS) return successOf(answer, body);
  if (isEnvelope<Api[Id]['errorData'] | null>(body)) return failureOf(answer, body, asked);
  const { url, idempotencyKey } = asked;
  throw new TransportError(
    `${url.origin} answered HTTP ${answer.status}, but not as the API does. Is it the API's address?`,
    {
      status: answer.status,
      idempotencyKey,
    },
  );
};
