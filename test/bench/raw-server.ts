import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { HOST } from '../../infra/local/ports.ts';

const CHILD = fileURLToPath(new URL('raw-child.mjs', import.meta.url));
const TIMEOUT_MS = 10_000;

/** What node:http writes by itself. */
const OWN_HEADERS = new Set(['connection', 'date', 'keep-alive']);

/** A server of node:http and nothing else, in a process of its own. */
export interface RawServer {
  readonly url: string;
  /** Microseconds of processor time that it has used, all its threads together. */
  readonly worked: () => Promise<number>;
  readonly stop: () => void;
}

const said = z.tuple([z.number()]).rest(z.unknown());

/** Starts a server that answers every request as `url` just did: the same status, headers and body. */
export const startRawServer = async (url: string): Promise<RawServer> => {
  // On a connection of its own: one that was kept open while other items ran may be closed by now.
  const response = await fetch(url, { headers: { connection: 'close' }, signal: AbortSignal.timeout(TIMEOUT_MS) });
  const headers = [...response.headers].filter(([name]) => !OWN_HEADERS.has(name));
  const answer = { status: response.status, headers: Object.fromEntries(headers), body: await response.text() };
  const child = fork(CHILD, [HOST, JSON.stringify(answer)], { execArgv: [] });
  const next = async (): Promise<number> => {
    const [value] = said.parse(await once(child, 'message', { signal: AbortSignal.timeout(TIMEOUT_MS) }));
    return value;
  };
  const port = await next();
  const { pathname } = new URL(url);
  return {
    url: `http://${HOST}:${port}${pathname}`,
    worked: () => {
      const reply = next();
      child.send('worked');
      return reply;
    },
    stop: () => child.disconnect(),
  };
};
