import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { pipeline } from 'node:stream';

/** The connections to one emulator. */
export interface Upstream {
  /**
   * Sends a request on as it came. Without `body`, the request's own stream is sent.
   *
   * @throws when the emulator does not answer.
   */
  readonly forward: (incoming: IncomingMessage, body: Buffer | undefined) => Promise<IncomingMessage>;
  readonly close: () => void;
}

/** A call that takes longer than a function may run helps nobody. */
const TIMEOUT_MS = 60_000;

/** Headers that concern one connection only. */
const CONNECTION_HEADERS = new Set(['connection', 'expect', 'keep-alive', 'proxy-connection']);

/** Name and value in turn, as Node has them, without those of the connection. */
export const passedHeaders = (raw: readonly string[]): string[] => {
  const passed: string[] = [];
  for (let index = 0; index < raw.length; index += 2) {
    const [name = '', value = ''] = [raw[index], raw[index + 1]];
    if (!CONNECTION_HEADERS.has(name.toLowerCase())) passed.push(name, value);
  }
  return passed;
};

const send = (outgoing: ClientRequest, incoming: IncomingMessage, body: Buffer | undefined): void => {
  if (body !== undefined) {
    outgoing.end(body);
    return;
  }
  // A caller that hangs up ends the request on; that shows as its error.
  pipeline(incoming, outgoing, () => {});
};

export const createUpstream = (endpoint: string): Upstream => {
  const agent = new Agent({ keepAlive: true });
  const { hostname, port } = new URL(endpoint);
  return {
    forward: (incoming, body) =>
      new Promise((resolve, reject) => {
        const { method, url: path, rawHeaders } = incoming;
        const headers = passedHeaders(rawHeaders);
        const outgoing = request({ agent, hostname, port, method, path, headers, timeout: TIMEOUT_MS });
        outgoing.once('response', resolve);
        outgoing.once('error', reject);
        outgoing.once('timeout', () => outgoing.destroy(new Error(`${endpoint} took longer than ${TIMEOUT_MS} ms`)));
        send(outgoing, incoming, body);
      }),
    close: () => agent.destroy(),
  };
};
