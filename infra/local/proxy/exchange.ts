import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Answer } from './answers.ts';
import { passedHeaders, type Upstream } from './forward.ts';

/** Calls carry table items of 400 KB and mails of 10 MB at most; forms carry documents. */
const BODY_LIMIT = 64 * 1024 * 1024;

/** Everything a stream carries. Throws past the limit, and when the caller hangs up. */
export const readAll = (stream: IncomingMessage): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > BODY_LIMIT) stream.destroy(new Error(`A call to an AWS service is larger than ${BODY_LIMIT} bytes.`));
      else chunks.push(chunk);
    });
    stream.once('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    stream.once('error', reject);
  });

export const writeAnswer = (incoming: IncomingMessage, response: ServerResponse, answer: Answer): void => {
  incoming.resume();
  response.writeHead(answer.status, { ...answer.headers, 'content-length': Buffer.byteLength(answer.body) });
  response.end(answer.body);
};

/** Sends a request on and its answer back, byte for byte; returns the answer's status. */
export const pass = async (
  upstream: Upstream,
  incoming: IncomingMessage,
  response: ServerResponse,
  body: Buffer | undefined,
): Promise<number> => {
  const answer = await upstream.forward(incoming, body);
  const status = answer.statusCode ?? 502;
  response.writeHead(status, passedHeaders(answer.rawHeaders));
  await pipeline(answer, response);
  return status;
};
