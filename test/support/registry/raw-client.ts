import { Agent, type IncomingMessage, request as httpRequest } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import type { ApiResponse } from '../local-stack.ts';

/** A request exactly as it shall go over the wire. */
export interface RawRequest {
  readonly method: string;
  /** The request target, not normalized. */
  readonly target: string;
  /** Several values are sent as that many headers. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array;
}

export interface RawClient {
  /** Sends a request; one that the rate limit refuses for a moment is sent again after that moment. */
  readonly send: (request: RawRequest) => Promise<ApiResponse>;
  readonly close: () => void;
}

/** A function's own timeout ends a request much sooner. */
const TIMEOUT_MS = 60_000;

/** A limit a second lets go within two; what asks for a longer wait is an answer to be judged. */
const LONGEST_WAIT_SECONDS = 2;
const TRIES = 5;

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** Node leaves the length out where a method has no body as a rule, and then the body is taken for another request. */
const lengthOf = (body: RawRequest['body']) =>
  body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };

const exchange = (agent: Agent, url: URL, { method, target, headers = {}, body }: RawRequest) =>
  new Promise<IncomingMessage>((resolve, reject) => {
    const outgoing = httpRequest({
      agent,
      host: url.hostname,
      port: url.port,
      method,
      path: target,
      headers: {
        ...lengthOf(body),
        ...Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
        ),
      },
      timeout: TIMEOUT_MS,
    });
    outgoing.once('response', resolve);
    outgoing.once('error', reject);
    outgoing.once('timeout', () => outgoing.destroy(new Error(`${method} ${target}: no answer in ${TIMEOUT_MS} ms`)));
    outgoing.end(body);
  });

/** A client that neither normalizes paths nor merges headers, unlike one that takes URLs. */
export const createRawClient = (base: string): RawClient => {
  const agent = new Agent({ keepAlive: true });
  const url = new URL(base);
  const once = async (request: RawRequest): Promise<ApiResponse> => {
    const response = await exchange(agent, url, request);
    const bytes = await buffer(response);
    return {
      status: response.statusCode ?? 0,
      headers: response.headers,
      bytes,
      body: parseJson(bytes.toString()),
    };
  };
  const send = async (request: RawRequest, tries = TRIES): Promise<ApiResponse> => {
    const response = await once(request);
    const seconds = Number(response.headers['retry-after'] ?? Number.POSITIVE_INFINITY);
    if (response.status !== 429 || seconds > LONGEST_WAIT_SECONDS || tries === 1) return response;
    await wait(seconds * 1000);
    return send(request, tries - 1);
  };
  return { send: (request) => send(request), close: () => agent.destroy() };
};
