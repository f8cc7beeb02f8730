import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CallLog } from './calls/call-log.ts';
import { pass, readAll, writeAnswer } from './exchange.ts';
import type { DrawnFault, Faults } from './faults/faults.ts';
import { staleAnswer } from './faults/stale-answer.ts';
import { struckAnswer } from './faults/struck-answer.ts';
import type { Versions } from './faults/versions.ts';
import { writtenKeys } from './faults/written-keys.ts';
import { passedHeaders, type Upstream } from './forward.ts';
import type { ServiceName, Understood } from './services/service.ts';

/** A function's call that its policy allows. */
export interface FunctionCall {
  readonly service: ServiceName;
  readonly functionName: string;
  readonly understood: Understood;
  readonly upstream: Upstream;
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  /** Undefined when it is still to be read. */
  readonly body: Buffer | undefined;
}

export interface FunctionCallOptions {
  readonly faults: Faults;
  readonly versions: Versions;
  readonly calls: CallLog;
}

/** Done by the service, but its caller never learns of it. */
const lose = async ({ upstream, incoming, response, body }: FunctionCall): Promise<void> => {
  await readAll(await upstream.forward(incoming, body));
  response.destroy();
};

/** Done by the service at once; its caller hears of it later, if it still waits. */
const answerLate = async (call: FunctionCall, delayMs: number): Promise<void> => {
  const answer = await call.upstream.forward(call.incoming, call.body);
  const body = await readAll(answer);
  await sleep(delayMs);
  call.response.writeHead(answer.statusCode ?? 502, passedHeaders(answer.rawHeaders));
  call.response.end(body);
};

/** Headers that would no longer be true of another body. */
const OF_THE_BODY = new Set(['content-length', 'transfer-encoding', 'x-amz-crc32']);

const answerStale = async (call: FunctionCall, versions: Versions, drawn: DrawnFault): Promise<void> => {
  const answer = await call.upstream.forward(call.incoming, call.body);
  const now = await readAll(answer);
  const stale = answer.statusCode === 200 ? staleAnswer(call.understood, now.toString(), versions) : undefined;
  if (stale !== undefined) drawn.count();
  for (const [name, value = ''] of Object.entries(answer.headers)) {
    if (!OF_THE_BODY.has(name) && name !== 'connection') call.response.setHeader(name, value);
  }
  call.response.statusCode = answer.statusCode ?? 502;
  call.response.end(stale ?? now);
};

/** While reads are to be stale, what a write replaces is read first. */
const passRemembering = async (call: FunctionCall, versions: Versions): Promise<void> => {
  const { operation, payload } = call.understood;
  const remember = await versions.beforeWrite(writtenKeys(operation, payload, versions.keyOf));
  const status = await pass(call.upstream, call.incoming, call.response, call.body);
  if (status === 200) remember();
};

const strike = async (drawn: DrawnFault, call: FunctionCall, versions: Versions): Promise<void> => {
  const { mode, delayMs } = drawn.fault;
  if (mode === 'stale') return answerStale(call, versions, drawn);
  drawn.count();
  if (mode === 'lostResponse') return lose(call);
  if (mode === 'lateResponse') return answerLate(call, delayMs);
  if (mode !== 'slow')
    return writeAnswer(call.incoming, call.response, struckAnswer(call.service, mode, call.understood));
  await sleep(delayMs);
  await pass(call.upstream, call.incoming, call.response, call.body);
  return undefined;
};

/** Does a function's call, or what the present fault makes of it, and records it under the request's trace. */
export const createCallOfFunction =
  ({ faults, versions, calls }: FunctionCallOptions) =>
  async (call: FunctionCall, startedAt: number): Promise<void> => {
    const { service, functionName, understood, upstream, incoming, response, body } = call;
    const { operation, subject } = understood;
    const isStale = service === 'dynamodb' && faults.isSet('dynamodb', 'stale');
    const drawn = faults.draw({ service, operation, functionName });
    try {
      if (drawn) await strike(drawn, call, versions);
      else if (isStale) await passRemembering(call, versions);
      else await pass(upstream, incoming, response, body);
    } finally {
      const trace = incoming.headers['x-amzn-trace-id'];
      if (typeof trace === 'string') {
        calls.record(trace, { label: `${operation} ${subject}`, startedAt, endedAt: performance.now() });
      }
    }
  };
