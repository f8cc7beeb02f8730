import { Worker } from 'node:worker_threads';
import * as z from 'zod';
import { describeError } from '../errors.ts';
import type { LocalFunction } from '../template/functions.ts';
import { type Endpoints, environmentOf } from './environment.ts';

export interface InvocationRequest {
  /** JSON. */
  readonly event: string;
  readonly requestId: string;
  /** X-Ray trace header. */
  readonly traceId: string;
}

/** What came of an invocation. A `failure` is what Lambda calls a function error. */
export type Invocation =
  | { readonly kind: 'payload'; readonly payload: string }
  | { readonly kind: 'failure'; readonly errorType: string; readonly message: string };

/** One execution environment: one invocation at a time. */
export interface LambdaWorker {
  /** Never throws; after a failure, ask `isAlive` before the next one. */
  readonly invoke: (request: InvocationRequest) => Promise<Invocation>;
  readonly isAlive: () => boolean;
  readonly stop: () => Promise<void>;
}

/** Takes one line that a function printed, or one about it. */
export type LogLine = (line: string) => void;

export interface WorkerOptions {
  readonly definition: LocalFunction;
  readonly endpoints: Endpoints;
  readonly logStream: string;
  readonly log: LogLine;
}

/** Lambda gives the start of a function 10 seconds before it counts it against the timeout. */
const INIT_TIMEOUT_MS = 10_000;

/** A quarter of V8's default: halves what eight workers hold on to, and takes no time that can be measured. */
const YOUNG_GENERATION_MB = 8;

const NOTHING_TO_TRANSFER: readonly never[] = [];

const message = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('result'), payload: z.string() }),
  z.object({ type: z.literal('error'), errorType: z.string(), errorMessage: z.string(), trace: z.string() }),
]);

const output = z.object({ type: z.literal('output'), text: z.string() });

type Message = z.output<typeof message>;

/** Hands on what the function prints, a line at a time. */
const passOutput = (worker: Worker, log: LogLine): void => {
  let unfinished = '';
  worker.on('message', (value) => {
    const printed = output.safeParse(value);
    if (!printed.success) return;
    const lines = (unfinished + printed.data.text).split('\n');
    unfinished = lines.pop() ?? '';
    for (const line of lines) log(line);
  });
};

const startThread = ({ definition, endpoints, logStream, log }: WorkerOptions): Worker => {
  const worker = new Worker(new URL('lambda-runtime.mjs', import.meta.url), {
    name: definition.name,
    env: { ...environmentOf(definition, endpoints, logStream) },
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: definition.memoryMb, maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    workerData: {
      directory: definition.directory,
      handler: definition.handler,
      functionName: definition.name,
      arn: definition.arn,
      memoryMb: definition.memoryMb,
      logGroup: definition.logGroup,
      logStream,
    },
  });
  passOutput(worker, log);
  return worker;
};

/** Resolves with the worker's next message, or with an error when it ends, or is ended because the time is over. */
const nextMessage = (worker: Worker, timeoutMs: number, onTimeout: () => Message): Promise<Message> =>
  new Promise((resolve) => {
    const done = (answer: Message): void => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      resolve(answer);
    };
    const failed = (errorType: string, errorMessage: string, trace = ''): void =>
      done({ type: 'error', errorType, errorMessage, trace });
    const timer = setTimeout(() => done(onTimeout()), timeoutMs);
    const onMessage = (value: unknown): void => {
      const answer = message.safeParse(value);
      if (answer.success) done(answer.data);
    };
    const onError = (error: unknown): void => {
      const { name, message: errorMessage, stack } = describeError(error);
      failed(name, errorMessage, stack);
    };
    const onExit = (code: number): void => failed('Runtime.ExitError', `Runtime exited with code ${code}`);
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
  });

/** Starts an execution environment; a function that cannot be loaded fails its first invocation. */
export const startLambdaWorker = (options: WorkerOptions): LambdaWorker => {
  const { definition, log } = options;
  const worker = startThread(options);
  let alive = true;
  const end = (): void => {
    alive = false;
    void worker.terminate();
  };
  worker.on('error', end).on('exit', end);

  const timedOut = (limitMs: number) => (): Message => {
    end();
    const errorMessage = `Task timed out after ${(limitMs / 1000).toFixed(2)} seconds`;
    return { type: 'error', errorType: 'Sandbox.Timedout', errorMessage, trace: '' };
  };
  const failure = (requestId: string, error: Message & { type: 'error' }): Invocation => {
    log(`${definition.name} ${requestId} ${error.errorType}: ${error.errorMessage}\n${error.trace}`.trimEnd());
    return { kind: 'failure', errorType: error.errorType, message: error.errorMessage };
  };

  const initLimitMs = Math.max(INIT_TIMEOUT_MS, definition.timeoutMs);
  const started = nextMessage(worker, initLimitMs, timedOut(initLimitMs));
  const invoke = async (request: InvocationRequest): Promise<Invocation> => {
    const start = await started;
    if (start.type === 'error') end();
    if (start.type === 'error') return failure(request.requestId, start);
    const answer = nextMessage(worker, definition.timeoutMs, timedOut(definition.timeoutMs));
    worker.postMessage({ ...request, remainingMs: definition.timeoutMs }, NOTHING_TO_TRANSFER);
    const result = await answer;
    if (result.type === 'result') return { kind: 'payload', payload: result.payload };
    if (result.type === 'error') return failure(request.requestId, result);
    throw new Error(`${definition.name} reported ready twice.`);
  };
  const stop = async (): Promise<void> => {
    alive = false;
    await worker.terminate();
  };
  return { invoke, isAlive: () => alive, stop };
};
