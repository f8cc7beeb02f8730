import type { IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import type { ApiResponse } from '../local-stack.ts';

/** Bytes to send, and how. */
export interface WireRequest {
  readonly bytes: Buffer;
  /** Whether the answer has no body, whatever its headers say. */
  readonly isHead: boolean;
  /** Whether the request may promise more than it has: then it is told after a while that nothing more comes. */
  readonly mayBeShort: boolean;
}

/** A function's own timeout ends a request much sooner. */
const TIMEOUT_MS = 60_000;

/** How long a request that may be short waits for its answer. */
const PATIENCE_MS = 2_000;

const END_OF_HEAD = '\r\n\r\n';

const headersOf = (lines: readonly string[]): IncomingHttpHeaders => {
  const headers: Record<string, string> = {};
  const cookies: string[] = [];
  for (const line of lines) {
    const at = line.indexOf(':');
    const name = line.slice(0, at).toLowerCase();
    const value = line.slice(at + 1).trim();
    if (name === 'set-cookie') cookies.push(value);
    else headers[name] = value;
  }
  return { ...headers, ...(cookies.length > 0 && { 'set-cookie': cookies }) };
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** The answer in the bytes so far; undefined while it is not all there. The local stack tells every length. */
const answerIn = (bytes: Buffer, isHead: boolean): ApiResponse | undefined => {
  const end = bytes.indexOf(END_OF_HEAD);
  if (end === -1) return undefined;
  const [statusLine = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(statusLine)?.[1]);
  const rest = bytes.subarray(end + END_OF_HEAD.length);
  if (status < 200) return answerIn(rest, isHead);
  const headers = headersOf(lines);
  const hasBody = !isHead && status !== 204 && status !== 304;
  const length = hasBody ? Number(headers['content-length'] ?? Number.POSITIVE_INFINITY) : 0;
  if (rest.length < length) return undefined;
  const body = rest.subarray(0, length);
  return { status, headers, bytes: body, body: parseJson(body.toString()) };
};

/**
 * Sends bytes as they are, over a connection of their own.
 *
 * @returns undefined when the connection was closed without a whole answer.
 */
export const sendBytes = (url: URL, { bytes, isHead, mayBeShort }: WireRequest): Promise<ApiResponse | undefined> =>
  new Promise((resolve, reject) => {
    const socket = connect(Number(url.port), url.hostname);
    let received: Buffer = Buffer.alloc(0);
    const patience = mayBeShort ? setTimeout(() => socket.end(), PATIENCE_MS) : undefined;
    const settle = (answer: ApiResponse | undefined): void => {
      clearTimeout(patience);
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error(`No answer in ${TIMEOUT_MS} ms.`)));
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      const answer = answerIn(received, isHead);
      if (answer) settle(answer);
    });
    socket.once('end', () => settle(undefined));
    // What was refused before it was read whole ends in a reset; the answer has come by then, or there is none.
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNRESET' || error.code === 'EPIPE') settle(undefined);
      else reject(error);
    });
    socket.write(bytes);
  });
