import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { HOST, listen } from '../local/ports.ts';

/** A server that stands before another, hands requests on, and looks at them. */
export interface Relay {
  readonly url: string;
  readonly stop: () => void;
}

/** What belongs to one connection and not to the request, or what `fetch` settles by itself. */
const HOP = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'transfer-encoding',
]);

export const isPassedOn = (header: string): boolean => !HOP.has(header);

/** The headers of a request that are handed on with it. */
export const passedOn = ({ headers }: IncomingMessage): [string, string][] =>
  Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' && isPassedOn(name) ? [[name, value]] : [],
  );

/** @param handle answers a request; where it fails, the connection ends, as it would without a relay. */
export const startRelay = async (
  handle: (incoming: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<Relay> => {
  const server = createServer((incoming, response) => {
    handle(incoming, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  const port = await listen(server, 0, 'PORT');
  return {
    url: `http://${HOST}:${port}`,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};
