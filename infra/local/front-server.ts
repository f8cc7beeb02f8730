import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Gateway } from './gateway/gateway.ts';
import type { LocalApi } from './local-api.ts';
import type { LogLine } from './workers/lambda-worker.ts';

/** The server that people and tests talk to: the gateway, and what only exists on this machine beside it. */
export const createFrontServer = (gateway: Gateway, localApi: LocalApi, log: LogLine): Server => {
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      await (localApi.owns(request.url ?? '') ? localApi : gateway).handle(request, response);
    } catch (error) {
      // Only a client that went away or a defect of the stand-ins themselves ends here.
      if (!request.destroyed) log(`${request.method} ${request.url}: ${String(error)}`);
      response.destroy();
    }
  };
  const server = createServer((request, response) => {
    void handle(request, response);
  });
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
