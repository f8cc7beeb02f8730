import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { codeOf, StartError } from './errors.ts';

/** Everything listens on this address only: nothing here is meant for another machine. */
export const HOST = '127.0.0.1';

/**
 * Makes a server listen; port 0 stands for any free one.
 *
 * @param variable the environment variable that moves the port, for the message.
 * @returns the port.
 * @throws StartError when the port is taken.
 */
export const listen = async (server: Server, port: number, variable: string): Promise<number> => {
  try {
    server.listen(port, HOST);
    await once(server, 'listening');
  } catch (error) {
    if (codeOf(error) !== 'EADDRINUSE') throw error;
    throw new StartError(
      `Port ${port} of ${HOST} is taken. Stop what uses it, or choose another one: ${variable}=${port + 10} npm start`,
    );
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error(`${HOST}:${port} gave no address.`);
  return address.port;
};

/** Closes a server that has no connections. */
const close = async (server: Server): Promise<void> => {
  server.close();
  await once(server, 'close');
};

/** Throws a StartError when the port is taken; port 0 never is. */
export const requireFreePort = async (port: number, variable: string): Promise<void> => {
  const server = createServer();
  await listen(server, port, variable);
  await close(server);
};

/** A port that is free now. Somebody else can take it before it is used, so the user of it must be ready to try again. */
export const freePort = async (): Promise<number> => {
  const server = createServer();
  const port = await listen(server, 0, 'PORT');
  await close(server);
  return port;
};
