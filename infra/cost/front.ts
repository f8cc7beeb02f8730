import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { ask } from './ask.ts';
import { type CallKind, kindOf } from './measured.ts';
import { isPassedOn, passedOn, type Relay, startRelay } from './relay.ts';

/** A request that was answered, as it was seen in front of the gateway. */
export interface Exchange {
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  readonly status: number;
  /** Of the trace that its calls to services are part of. */
  readonly root: string;
  readonly calls: Readonly<Partial<Record<CallKind, number>>>;
  readonly sequential: number;
  /** Milliseconds from the request to the end of its answer, less what its calls took. */
  readonly computeMs: number;
  readonly responseBytes: number;
}

/** A server in front of the gateway that gives each request a trace of its own and takes down what it took. */
export interface Front extends Relay {
  readonly exchanges: () => readonly Exchange[];
}

interface Timing {
  readonly calls: Readonly<Partial<Record<CallKind, number>>>;
  readonly sequential: number;
  /** Milliseconds, as many calls as are in sequence, each as long as all on average. */
  readonly waitedMs: number;
}

/** What the local gateway's `Server-Timing` tells of the calls to services. */
export const timingOf = (header: string): Timing => {
  const calls: Partial<Record<CallKind, number>> = {};
  const durations: number[] = [];
  for (const [, label = '', duration = '0'] of header.matchAll(/aws;desc="([^"]*)";dur=([\d.]+)/g)) {
    const kind = kindOf(label);
    calls[kind] = (calls[kind] ?? 0) + 1;
    durations.push(Number(duration));
  }
  const sequential = Number(/aws-sequential;desc="(\d+)"/.exec(header)?.[1] ?? 0);
  const whole = durations.reduce((sum, one) => sum + one, 0);
  return { calls, sequential, waitedMs: durations.length === 0 ? 0 : (sequential * whole) / durations.length };
};

/** As X-Ray writes them: the version, the time in hex, 96 random bits. */
const newRoot = (): string =>
  `1-${Math.floor(Date.now() / 1000)
    .toString(16)
    .padStart(8, '0')}-${randomBytes(12).toString('hex')}`;

export const startFront = async (gateway: string): Promise<Front> => {
  const exchanges: Exchange[] = [];

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'GET', url = '/' } = incoming;
    const body = await buffer(incoming);
    const root = newRoot();
    const started = performance.now();
    const answer = await ask(`${gateway}${url}`, {
      method,
      headers: [...passedOn(incoming), ['x-amzn-trace-id', `Root=${root}`]],
      redirect: 'manual',
      ...(body.length > 0 && { body: new Uint8Array(body) }),
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    const tookMs = performance.now() - started;
    const { waitedMs, ...timing } = timingOf(answer.headers.get('server-timing') ?? '');
    const computeMs = Math.max(0, tookMs - waitedMs);
    const [path = '/'] = url.split('?');
    exchanges.push({ method, path, status: answer.status, root, ...timing, computeMs, responseBytes: bytes.length });
    const headers = [...answer.headers].filter(([name]) => isPassedOn(name) && name !== 'content-encoding');
    response.writeHead(answer.status, headers.flat());
    response.end(bytes);
  };

  return { ...(await startRelay(handle)), exchanges: () => exchanges };
};
