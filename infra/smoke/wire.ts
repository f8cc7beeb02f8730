import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import { TransportError } from '../../shared/client/client.ts';

/** A request byte by byte, for what no well-behaved client would send. */
export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export type SendOnWire = (request: WireRequest) => Promise<WireAnswer>;

export interface WireOptions {
  /** Where the API answers, without a slash at its end. */
  readonly baseUrl: string;
  /** For each request. */
  readonly timeoutMs: number;
}

/**
 * Sends what it is given, no header added. An answer counts also where the server closed before it had read all of the
 * body, which is how a gateway refuses a large one.
 *
 * @throws TransportError where no answer came in time.
 */
export const wireOf =
  ({ baseUrl, timeoutMs }: WireOptions): SendOnWire =>
  async ({ method, path, headers = {}, body }) => {
    const send = baseUrl.startsWith('https:') ? httpsRequest : httpRequest;
    const length = body === undefined ? {} : { 'content-length': String(body.byteLength) };
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
      const outgoing = send(`${baseUrl}${path}`, { method, headers: { ...headers, ...length }, signal });
      outgoing.once('response', resolve);
      // It stays: after the answer has begun, what goes wrong with sending the rest is nobody's concern.
      outgoing.on('error', reject);
      outgoing.end(body);
      const incoming = await promise;
      return { status: incoming.statusCode ?? 0, headers: incoming.headers, text: await text(incoming) };
    } catch (error) {
      const reason = signal.aborted ? `in ${timeoutMs / 1000} s` : `(${error instanceof Error ? error.message : ''})`;
      throw new TransportError(`${method} ${path} was not answered ${reason}`, { cause: error });
    }
  };
