import type { Invocation, LambdaWorker, WorkerRequest } from './lambda-worker.ts';

/** The execution environments of one function. */
export interface FunctionPool {
  readonly invoke: (request: WorkerRequest) => Promise<Invocation>;
  /** The workers that live now. */
  readonly workers: () => readonly LambdaWorker[];
  /** Ends every worker at once, with what it is doing; the next invocation gets a new one. */
  readonly kill: () => Promise<void>;
  /** Starts workers in another way from now on; those that are busy finish first. */
  readonly renew: (start: () => LambdaWorker) => void;
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
  readonly request: WorkerRequest;
  readonly settle: (invocation: Invocation) => void;
}

const STOPPED: Invocation = { kind: 'failure', errorType: 'Stopped', message: 'The local stack is stopping' };

/** Workers without work, each with the timer that ends it. */
const createIdle = (idleMs: number, reap: (worker: LambdaWorker) => void) => {
  const entries: { readonly worker: LambdaWorker; readonly reaper: NodeJS.Timeout }[] = [];
  const remove = (worker: LambdaWorker): void => {
    const index = entries.findIndex((entry) => entry.worker === worker);
    if (index !== -1) entries.splice(index, 1);
    reap(worker);
  };
  return {
    add: (worker: LambdaWorker): void => {
      const reaper = setTimeout(() => remove(worker), idleMs);
      reaper.unref();
      entries.push({ worker, reaper });
    },
    /** The one that worked last, so that the others grow old enough to be reaped. */
    take: (): LambdaWorker | undefined => {
      const entry = entries.pop();
      clearTimeout(entry?.reaper);
      return entry?.worker;
    },
    clear: (): readonly LambdaWorker[] =>
      entries.splice(0).map(({ worker, reaper }) => {
        clearTimeout(reaper);
        return worker;
      }),
  };
};

/**
 * Like Lambda, an invocation that finds no idle worker gets a new one of its own, so that parallel requests
 * really overlap; past the maximum it waits for whichever is free first.
 */
export const createPool = ({ start: firstStart, maxWorkers, idleMs }: PoolOptions): FunctionPool => {
  const live = new Set<LambdaWorker>();
  const outdated = new WeakSet<LambdaWorker>();
  const waiting: Job[] = [];
  let start = firstStart;
  let stopped = false;

  const add = (): LambdaWorker => {
    const worker = start();
    live.add(worker);
    return worker;
  };
  const drop = (worker: LambdaWorker): void => {
    live.delete(worker);
    void worker.stop();
  };
  const idle = createIdle(idleMs, drop);
  const isUsable = (worker: LambdaWorker): boolean => {
    if (worker.isAlive() && !outdated.has(worker)) return true;
    drop(worker);
    return false;
  };

  const takeIdle = (): LambdaWorker | undefined => {
    for (let worker = idle.take(); worker !== undefined; worker = idle.take()) if (isUsable(worker)) return worker;
    return undefined;
  };

  const run = async (worker: LambdaWorker, job: Job): Promise<void> => {
    job.settle(await worker.invoke(job.request));
    const usable = isUsable(worker);
    const next = waiting.shift();
    if (next) void run(usable ? worker : add(), next);
    else if (usable && !stopped) idle.add(worker);
  };

  const dispatch = (job: Job): void => {
    if (stopped) return job.settle(STOPPED);
    const worker = takeIdle() ?? (live.size < maxWorkers ? add() : undefined);
    if (worker) void run(worker, job);
    else waiting.push(job);
  };

  const kill = async (): Promise<void> => {
    await Promise.all([...live].map((worker) => worker.stop()));
  };

  return {
    invoke: (request) => new Promise((settle) => dispatch({ request, settle })),
    workers: () => [...live].filter((worker) => worker.isAlive()),
    kill,
    renew: (newStart) => {
      start = newStart;
      for (const worker of live) outdated.add(worker);
      for (const worker of idle.clear()) drop(worker);
    },
    stop: async () => {
      stopped = true;
      for (const job of waiting.splice(0)) job.settle(STOPPED);
      idle.clear();
      await kill();
    },
  };
};
