import * as z from 'zod';
import type { LocalFunction } from '../template/functions.ts';
import { type Endpoints, environmentOf } from './environment.ts';
import type { Execution, Launch } from './execution.ts';

export interface InvocationRequest {
  /** JSON. */
  readonly event: string;
  readonly requestId: string;
  /** X-Ray trace header. */
  readonly traceId: string;
}

/** An invocation with what the stack adds to it. */
export interface WorkerRequest extends InvocationRequest {
  /** Milliseconds that the function sees the time ahead of this machine. */
  readonly clockOffsetMs: number;
  /** After how many answers of AWS services the function's process is to kill itself. */
  readonly killAfterCalls?: number | undefined;
}

/** What came of an invocation. A `failure` is what Lambda calls a function error. */
export type Invocation =
  | { readonly kind: 'payload'; readonly payload: string }
  | { readonly kind: 'failure'; readonly errorType: string; readonly message: string };

/** One execution environment: one invocation at a time. */
export interface LambdaWorker {
  /** Never throws; after a failure, ask `isAlive` before the next one. */
  readonly invoke: (request: WorkerRequest) => Promise<Invocation>;
  readonly isAlive: () => boolean;
  readonly stop: () => Promise<void>;
  /** Undefined for a thread. */
  readonly pid: number | undefined;
  /** The most memory that its process ever held, in bytes, as of its last message; undefined for a thread. */
  readonly peakRssBytes: () => number | undefined;
}

/** Takes one line that a function printed, or one about it. */
export type LogLine = (line: string) => void;

export interface WorkerOptions {
  readonly definition: LocalFunction;
  readonly endpoints: Endpoints;
  readonly logStream: string;
  readonly log: LogLine;
  readonly clockOffsetMs: number;
  readonly start: (launch: Launch) => Execution;
}

/** Lambda gives the start of a function 10 seconds before it counts it against the timeout. */
const INIT_TIMEOUT_MS = 10_000;

/** Only processes tell their memory. */
const reported = z.object({ peakRssBytes: z.number().optional() });
const ready = reported.extend({ type: z.literal('ready') });
const result = reported.extend({ type: z.literal('result'), payload: z.string(), output: z.string().default('') });
const failed = reported.extend({
  type: z.literal('error'),
  errorType: z.string(),
  errorMessage: z.string(),
  trace: z.string(),
  ends: z.boolean().default(false),
});
const output = z.object({ type: z.literal('output'), text: z.string() });

const message = z.discriminatedUnion('type', [ready, result, failed, output]);

type Message = z.output<typeof message>;
type Failed = z.output<typeof failed>;
/** What the worker is waited for: to be ready, or to have done an invocation. */
type Answer = Exclude<Message, { type: 'output' }>;

/** Cuts what a function prints into lines. */
const createLines = (log: LogLine): ((text: string) => void) => {
  let unfinished = '';
  return (text) => {
    const lines = (unfinished + text).split('\n');
    unfinished = lines.pop() ?? '';
    for (const line of lines) log(line);
  };
};

/** What is said with an execution: one question at a time, and whether it is still there to answer. */
const converse = (execution: Execution, log: LogLine) => {
  const print = createLines(log);
  let alive = true;
  let peakRssBytes: number | undefined;
  let waiting: ((answer: Answer) => void) | undefined;
  const settle = (answer: Answer): void => {
    if (answer.type === 'error' && answer.ends) alive = false;
    waiting?.(answer);
    waiting = undefined;
  };
  execution.onMessage((value) => {
    const received = message.safeParse(value).data;
    if (received === undefined) return;
    if (received.type === 'output') return print(received.text);
    if (received.type === 'result') print(received.output);
    peakRssBytes = received.peakRssBytes ?? peakRssBytes;
    settle(received);
  });
  execution.onEnd((end) => settle({ type: 'error', ...end, ends: true }));

  /** Resolves with what it says next; ends it when that takes too long. */
  const next = (timeoutMs: number): Promise<Answer> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => {
        const errorMessage = `Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`;
        settle({ type: 'error', errorType: 'Sandbox.Timedout', errorMessage, trace: '', ends: true });
        void execution.terminate();
      }, timeoutMs);
      waiting = (answer) => {
        clearTimeout(timer);
        resolve(answer);
      };
    });
  const end = async (): Promise<void> => {
    alive = false;
    await execution.terminate();
  };
  return { next, end, isAlive: () => alive, peakRssBytes: () => peakRssBytes };
};

const GONE: Failed = {
  type: 'error',
  errorType: 'Runtime.ExitError',
  errorMessage: 'Runtime exited before the invocation',
  trace: '',
  ends: true,
};

/** Starts an execution environment; a function that cannot be loaded fails its first invocation. */
export const startLambdaWorker = (options: WorkerOptions): LambdaWorker => {
  const { definition, endpoints, logStream, clockOffsetMs, log, start } = options;
  const environment = environmentOf(definition, endpoints, logStream);
  const execution = start({ definition, environment, logStream, clockOffsetMs, log });
  const { next, end, isAlive, peakRssBytes } = converse(execution, log);
  const started = next(Math.max(INIT_TIMEOUT_MS, definition.timeoutMs));

  const ask = async (request: WorkerRequest): Promise<Answer> => {
    const beginning = await started;
    if (beginning.type === 'error') {
      void end();
      return beginning;
    }
    if (!isAlive()) return GONE;
    const answer = next(definition.timeoutMs);
    execution.post({ ...request, remainingMs: definition.timeoutMs });
    return answer;
  };
  const invoke = async (request: WorkerRequest): Promise<Invocation> => {
    const answer = await ask(request);
    if (answer.type === 'result') return { kind: 'payload', payload: answer.payload };
    if (answer.type === 'ready') throw new Error(`${definition.name} reported ready twice.`);
    const { errorType, errorMessage, trace } = answer;
    log(`${definition.name} ${request.requestId} ${errorType}: ${errorMessage}\n${trace}`.trimEnd());
    return { kind: 'failure', errorType, message: errorMessage };
  };
  return { invoke, isAlive, stop: end, pid: execution.pid, peakRssBytes };
};
