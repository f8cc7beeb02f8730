import type { IncomingMessage } from 'node:http';

/** A request as it came over the wire. */
export interface HttpRequest {
  readonly method: string;
  /** As sent, without query string. */
  readonly path: string;
  /** As sent, without the question mark. */
  readonly query: string;
  /** In the order and spelling that they were sent in, repeated ones repeated. */
  readonly headers: readonly (readonly [string, string])[];
  readonly sourceIp: string;
  /** The port that it came to. */
  readonly port: number;
}

/** API Gateway's limit for a request's body, in bytes. */
export const BODY_LIMIT = 10_485_760;

const pairsOf = (rawHeaders: readonly string[]): readonly (readonly [string, string])[] =>
  rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ''] as const] : []));

/** Reads the head of a request. */
export const readHead = (message: IncomingMessage): HttpRequest => {
  // Clients behind a proxy may send the whole URL.
  const target = (message.url ?? '/').replace(/^https?:\/\/[^/?]*/i, '');
  const at = target.indexOf('?');
  const path = at === -1 ? target : target.slice(0, at);
  return {
    method: message.method ?? 'GET',
    path: path.startsWith('/') ? path : `/${path}`,
    query: at === -1 ? '' : target.slice(at + 1),
    headers: pairsOf(message.rawHeaders),
    sourceIp: message.socket.remoteAddress ?? '',
    port: message.socket.localPort ?? 0,
  };
};

/** The value of a header sent last under that name, in any spelling. */
export const headerOf = (request: Pick<HttpRequest, 'headers'>, name: string): string | undefined =>
  request.headers.findLast(([given]) => given.toLowerCase() === name.toLowerCase())?.[1];

/**
 * Reads a body; undefined when it is longer than API Gateway takes. What is too much is read and dropped,
 * so that the client gets to see the answer.
 */
export const readBody = async (message: IncomingMessage): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop early must not close the connection: the answer still has to go out on it.
  const parts: AsyncIterable<Buffer> = message.iterator({ destroyOnReturn: false });
  for await (const chunk of parts) {
    size += chunk.length;
    if (size > BODY_LIMIT) {
      message.resume();
      return undefined;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
};
