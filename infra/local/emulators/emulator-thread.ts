import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import * as z from 'zod';
import { describeError } from '../errors.ts';
import { HOST } from '../ports.ts';

/**
 * An emulator that runs in a thread: its work does not hold up the gateway, its globals stay its own,
 * and it cannot outlive this process.
 */
export interface EmulatorThread {
  readonly endpoint: string;
  /** Sends a message, and resolves with the thread's next one that `schema` accepts. */
  readonly ask: <T>(message: unknown, schema: z.ZodType<T>) => Promise<T>;
  readonly onMessage: (listener: (message: unknown) => void) => void;
  /** Resolves with a sentence when the thread ends, asked to or not. */
  readonly ended: Promise<string>;
  readonly stop: () => Promise<void>;
}

const NOTHING_TO_TRANSFER: readonly never[] = [];

const ANSWER_TIMEOUT_MS = 15_000;

const listening = z.object({ type: z.literal('listening'), port: z.number() });

const nextMessage = async <T>(worker: Worker, schema: z.ZodType<T>): Promise<T> => {
  const signal = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
  for (;;) {
    const received: readonly unknown[] = await once(worker, 'message', { signal });
    const message = schema.safeParse(received[0]);
    if (message.success) return message.data;
  }
};

const endOf = (worker: Worker): Promise<string> =>
  new Promise((resolve) => {
    worker.once('error', (error) => resolve(`failed: ${describeError(error).message}`));
    worker.once('exit', (code) => resolve(`ended with code ${code}`));
  });

/** Starts a module as a thread and waits until it tells on which port it listens. */
export const startEmulatorThread = async (module: URL, workerData: unknown): Promise<EmulatorThread> => {
  const worker = new Worker(module, { workerData });
  const ended = endOf(worker);
  const { port } = await nextMessage(worker, listening);
  return {
    endpoint: `http://${HOST}:${port}`,
    ask: async (message, schema) => {
      const answer = nextMessage(worker, schema);
      worker.postMessage(message, NOTHING_TO_TRANSFER);
      return answer;
    },
    onMessage: (listener) => {
      worker.on('message', listener);
    },
    ended,
    stop: async () => {
      await worker.terminate();
    },
  };
};
