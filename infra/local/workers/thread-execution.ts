import { Worker } from 'node:worker_threads';
import { describeError } from '../errors.ts';
import { type Execution, type ExecutionEnd, type Launch, RUNTIME, runtimeData } from './execution.ts';

/** A quarter of V8's default: halves what eight workers hold on to, and takes no time that can be measured. */
const YOUNG_GENERATION_MB = 8;

const NOTHING_TO_TRANSFER: readonly never[] = [];

/** Starts a function as a thread of this process: quick to start, and cannot outlive it. */
export const startThread = (launch: Launch): Execution => {
  const { definition, environment } = launch;
  const worker = new Worker(RUNTIME, {
    name: definition.name,
    env: { ...environment },
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: definition.memoryMb, maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    workerData: runtimeData(launch),
  });
  const ended = new Promise<ExecutionEnd>((resolve) => {
    worker.once('error', (error: unknown) => {
      const { name, message, stack } = describeError(error);
      resolve({ errorType: name, errorMessage: message, trace: stack });
    });
    worker.once('exit', (code) => {
      resolve({ errorType: 'Runtime.ExitError', errorMessage: `Runtime exited with code ${code}`, trace: '' });
    });
  });
  return {
    post: (message) => worker.postMessage(message, NOTHING_TO_TRANSFER),
    onMessage: (listener) => {
      worker.on('message', listener);
    },
    onEnd: (listener) => {
      void ended.then(listener);
    },
    terminate: async () => {
      await worker.terminate();
    },
    pid: undefined,
  };
};
