import { Agent, type IncomingHttpHeaders, type IncomingMessage, request as httpRequest } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface CallOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** A string or bytes are sent as they are, anything else as JSON. */
  readonly body?: unknown;
}

export interface ApiResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  /** Parsed when it is JSON, else text. */
  readonly body: unknown;
}

/** A function's own timeout ends a request much sooner. */
const CALL_TIMEOUT_MS = 60_000;

const parseBody = (bytes: Buffer): unknown => {
  const text = bytes.toString();
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const bytesOf = (body: unknown): string | Uint8Array =>
  typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);

/** node:http sends the given headers and no others; fetch would add some that the API acts on. */
const send = (agent: Agent, url: string, method: string, options: CallOptions): Promise<IncomingMessage> => {
  const { headers = {}, body } = options;
  const isJson = body !== undefined && typeof body !== 'string' && !(body instanceof Uint8Array);
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(url, {
      agent,
      method,
      headers: { ...(isJson && { 'content-type': 'application/json' }), ...headers },
      timeout: CALL_TIMEOUT_MS,
    });
    outgoing.once('response', resolve);
    outgoing.once('error', reject);
    outgoing.once('timeout', () =>
      outgoing.destroy(new Error(`${method} ${url} took longer than ${CALL_TIMEOUT_MS} ms`)),
    );
    outgoing.end(body === undefined ? undefined : bytesOf(body));
  });
};

/** Idle connections are closed by this side first: the server does so after 75 s, be a request on its way or not. */
const IDLE_MS = 30_000;

/** Calls one server, with as many connections as there are requests at once. */
export const createClient = (url: string) => {
  const agent = new Agent({ keepAlive: true, timeout: IDLE_MS });
  const call = async (method: string, path: string, options: CallOptions = {}): Promise<ApiResponse> => {
    const response = await send(agent, `${url}${path}`, method, options);
    const bytes = await buffer(response);
    return { status: response.statusCode ?? 0, headers: response.headers, bytes, body: parseBody(bytes) };
  };
  return { call, close: () => agent.destroy() };
};
