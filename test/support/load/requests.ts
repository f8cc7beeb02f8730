import type { Request } from 'autocannon';
import { createNonces } from '../../../shared/client/signature.ts';
import type { EndpointSpec } from '../../../shared/contracts/endpoint.ts';
import { ENDPOINTS } from '../../../shared/contracts/registry.ts';
import { OPERATIONS, writtenAs } from '../fuzz/base.ts';
import type { ApiResponse } from '../local-stack.ts';
import { pathOf, queryOf } from '../registry/over-http.ts';
import { needsSession } from '../registry/session-source.ts';
import { type KeyPair, signedHeaders } from '../signing.ts';

/** Somebody who calls, by a session or by a key. */
export interface Person {
  readonly token: string;
  readonly key: KeyPair;
}

/** What takes every answer: whether it is what the endpoint's description says. */
export type Judge = (endpoint: EndpointSpec, response: ApiResponse) => void;

const nextNonce = createNonces(Date.now);

/** Whether a request would end the session that the others come by. */
const endsSession = ({ id, clearsToken, codes }: EndpointSpec): boolean =>
  clearsToken === true || codes.includes('WRONG_PASSWORD') || id === 'account.end-sessions';

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const answerOf = (status: number, body: string, headers: Request['headers'] = {}): ApiResponse => ({
  status,
  headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
  bytes: Buffer.from(body),
  body: parsed(body),
});

const example = (endpoint: EndpointSpec, body: Parameters<typeof writtenAs>[1], judge: Judge): Request => {
  const { headers, body: bytes } = writtenAs(endpoint, body);
  return {
    method: endpoint.method,
    path: `${pathOf(endpoint)}${queryOf(endpoint.example.query)}`,
    headers: Object.fromEntries(headers.filter(([name]) => name !== 'Host')),
    body: bytes ?? '',
    onResponse: (status, text, _context, received) => judge(endpoint, answerOf(status, text, received)),
  };
};

/** The documented example, by the session; without one where it would end it. */
const bySession = (endpoint: EndpointSpec, { token }: Person, judge: Judge): Request => {
  const request = example(endpoint, endpoint.example.body, judge);
  const isKnown = needsSession(endpoint) && !endsSession(endpoint);
  return { ...request, headers: { ...request.headers, ...(isKnown && { token }) } };
};

/** The documented example, signed anew each time; of 8.1 an operation that keys may ask for. */
const byKey = (endpoint: EndpointSpec, { key }: Person, judge: Judge): Request => {
  const body = endpoint.id === 'capital.wallet-operation' ? OPERATIONS[0] : endpoint.example.body;
  return {
    ...example(endpoint, body, judge),
    setupRequest: (request) => {
      const signed = { path: pathOf(endpoint), nonce: nextNonce(), body: request.body ?? '' };
      return { ...request, headers: { ...request.headers, ...signedHeaders(key, signed) } };
    },
  };
};

/** A request to every so manieth endpoint of the registry, and a signed one to each of them that accepts keys. */
export const registryRequests = (person: Person, judge: Judge, every: number): readonly Request[] => {
  const all: readonly EndpointSpec[] = ENDPOINTS;
  return all
    .filter((_, at) => at % every === 0)
    .flatMap((endpoint) =>
      [bySession(endpoint, person, judge)].concat(endpoint.apiKey === false ? [] : [byKey(endpoint, person, judge)]),
    );
};
