import type { Invocation, InvocationRequest, LambdaWorker } from './lambda-worker.ts';

/** The execution environments of one function. */
export interface FunctionPool {
  readonly invoke: (request: InvocationRequest) => Promise<Invocation>;
  /** How many workers live now. */
  readonly size: () => number;
  readonly stop: () => Promise<void>;
}

export interface PoolOptions {
  readonly start: () => LambdaWorker;
  /** How many invocations run at once; more wait. */
  readonly maxWorkers: number;
  /** Milliseconds without work after which a worker ends. */
  readonly idleMs: number;
}

interface Job {
  readonly request: InvocationRequest;
  readonly settle: (invocation: Invocation) => void;
}

const STOPPED: Invocation = { kind: 'failure', errorType: 'Stopped', message: 'The local stack is stopping' };

/**
 * Like Lambda, an invocation that finds no idle worker gets a new one of its own, so that parallel requests
 * really overlap; past the maximum it waits for whichever is free first.
 */
export const createPool = ({ start, maxWorkers, idleMs }: PoolOptions): FunctionPool => {
  const live = new Set<LambdaWorker>();
  const idle: { readonly worker: LambdaWorker; readonly reaper: NodeJS.Timeout }[] = [];
  const waiting: Job[] = [];
  let stopped = false;

  const add = (): LambdaWorker => {
    const worker = start();
    live.add(worker);
    return worker;
  };

  const reap = (worker: LambdaWorker): void => {
    const index = idle.findIndex((entry) => entry.worker === worker);
    if (index !== -1) idle.splice(index, 1);
    live.delete(worker);
    void worker.stop();
  };

  const rest = (worker: LambdaWorker): void => {
    const reaper = setTimeout(() => reap(worker), idleMs);
    reaper.unref();
    idle.push({ worker, reaper });
  };

  /** The idle worker that worked last, so that the others grow old enough to be reaped. */
  const takeIdle = (): LambdaWorker | undefined => {
    for (let entry = idle.pop(); entry !== undefined; entry = idle.pop()) {
      clearTimeout(entry.reaper);
      if (entry.worker.isAlive()) return entry.worker;
      live.delete(entry.worker);
    }
    return undefined;
  };

  const run = async (worker: LambdaWorker, job: Job): Promise<void> => {
    job.settle(await worker.invoke(job.request));
    if (!worker.isAlive()) live.delete(worker);
    const next = waiting.shift();
    if (next) void run(worker.isAlive() ? worker : add(), next);
    else if (worker.isAlive()) rest(worker);
  };

  const dispatch = (job: Job): void => {
    if (stopped) return job.settle(STOPPED);
    const worker = takeIdle() ?? (live.size < maxWorkers ? add() : undefined);
    if (worker) void run(worker, job);
    else waiting.push(job);
  };

  return {
    invoke: (request) => new Promise((settle) => dispatch({ request, settle })),
    size: () => live.size,
    stop: async () => {
      stopped = true;
      for (const job of waiting.splice(0)) job.settle(STOPPED);
      for (const { reaper } of idle.splice(0)) clearTimeout(reaper);
      await Promise.all([...live].map((worker) => worker.stop()));
    },
  };
};
