import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Gateway } from './gateway/gateway.ts';
import type { LogLine } from './workers/lambda-worker.ts';

/** API Gateway's limit for the request line and the headers of a request together, in bytes. */
const HEAD_LIMIT = 10_240;

/** Longer than clients keep idle connections, so that none is closed while a request is on its way over it. */
const KEEP_ALIVE_MS = 75_000;

/** Answers some paths in place of the gateway. */
export interface Beside {
  readonly owns: (target: string) => boolean;
  readonly handle: (message: IncomingMessage, response: ServerResponse) => Promise<void>;
}

/** The server that people and tests talk to: a gateway, and what only exists on this machine beside it. */
export const createFrontServer = (gateway: Gateway, beside: readonly Beside[], log: LogLine): Server => {
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const owner = beside.find(({ owns }) => owns(request.url ?? '')) ?? gateway;
      await owner.handle(request, response);
    } catch (error) {
      // Only a client that went away or a defect of the stand-ins themselves ends here.
      if (!request.destroyed) log(`${request.method} ${request.url}: ${String(error)}`);
      response.destroy();
    }
  };
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    // RFC 9112, section 3.2: 400, which Node would answer with a body of its own making.
    if (request.headers.host === undefined && request.httpVersion === '1.1') gateway.handleUnreadable(request.socket);
    else void handle(request, response);
  };
  const options = { maxHeaderSize: HEAD_LIMIT, keepAliveTimeout: KEEP_ALIVE_MS, requireHostHeader: false };
  const server = createServer(options, answer);
  // API Gateway keeps `Expect` to itself, whatever it says; Node would refuse what it does not know without an envelope.
  server.on('checkExpectation', answer);
  server.on('clientError', (_error, socket) => {
    if (socket instanceof Socket) gateway.handleUnreadable(socket);
    else socket.destroy();
  });
  return server;
};

/** Stops taking requests, lets those under way end, and cuts off what has not after `graceMs`. */
export const closeServer = async (server: Server, graceMs: number): Promise<void> => {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(timer);
};
