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

const pairsOf = (rawHeaders: readonly string[]): readonly (readonly [string, string])[] => {
  const pairs: [string, string][] = [];
  for (let at = 0; at < rawHeaders.length; at += 2) pairs.push([rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '']);
  return pairs;
};

/** Reads the head of a request. */
export const readHead = (message: IncomingMessage): HttpRequest => {
  // Clients behind a proxy may send the whole URL.
  const url = message.url ?? '/';
  const target = url.startsWith('/') ? url : url.replace(/^https?:\/\/[^/?]*/i, '');
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
export const headerOf = (request: Pick<HttpRequest, 'headers'>, name: string): string | undefined => {
  const wanted = name.toLowerCase();
  return request.headers.findLast(([given]) => given.length === wanted.length && given.toLowerCase() === wanted)?.[1];
};

const NO_BODY = Buffer.alloc(0);

/** RFC 9112, section 6.3: a request has a body when one of these says so. */
const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';

/**
 * Reads a body; undefined when it is longer than API Gateway takes. What is too much is read and dropped,
 * so that the client gets to see the answer. Rejects when the client goes away.
 */
export const readBody = async (message: IncomingMessage): Promise<Buffer | undefined> => {
  if (!hasBody(message)) {
    message.resume();
    return NO_BODY;
  }
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    message.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= BODY_LIMIT) chunks.push(chunk);
      else resolve(undefined);
    });
    message.once('end', () => resolve(Buffer.concat(chunks)));
    message.once('error', reject);
  });
};
