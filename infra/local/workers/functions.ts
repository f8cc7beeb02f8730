import { randomUUID } from 'node:crypto';
import { createLocalClock, type LocalClock } from '../clock.ts';
import type { LocalFunction } from '../template/functions.ts';
import type { Endpoints } from './environment.ts';
import {
  type Invocation,
  type InvocationRequest,
  type LambdaWorker,
  type LogLine,
  startLambdaWorker,
} from './lambda-worker.ts';
import { createPool, type FunctionPool } from './pool.ts';
import { startProcess } from './process-execution.ts';
import { startThread } from './thread-execution.ts';

/** How functions are kept apart: threads start sooner, processes can be killed and have a memory of their own. */
export const FUNCTION_MODES = ['threads', 'processes'] as const;

export type FunctionMode = (typeof FUNCTION_MODES)[number];

/** A process that runs a function. */
export interface FunctionProcess {
  readonly functionName: string;
  readonly pid: number;
  /** The most memory it ever held, in bytes; undefined before its first message. */
  readonly peakRssBytes: number | undefined;
}

/** All functions of the stack, each with workers of its own, started on first use. */
export interface Functions {
  /** Throws when there is no function of that name. */
  readonly invoke: (name: string, request: InvocationRequest) => Promise<Invocation>;
  /** How many workers live now, over all functions. */
  readonly workers: () => number;
  /** None when functions run as threads. */
  readonly processes: () => readonly FunctionProcess[];
  /** Ends all workers of a function at once, in the middle of what they do. Throws for an unknown name. */
  readonly kill: (name: string) => Promise<void>;
  /** Makes the next invocation's process kill itself after so many answers of AWS services. Throws for an unknown name. */
  readonly killAfterCalls: (name: string, calls: number) => void;
  /** Serves a function from another folder from now on. Throws for an unknown name. */
  readonly serveFrom: (name: string, directory: string) => void;
  readonly stop: () => Promise<void>;
}

export interface FunctionsOptions {
  readonly definitions: readonly LocalFunction[];
  readonly endpoints: Endpoints;
  readonly log: LogLine;
  readonly mode?: FunctionMode;
  /** The functions' clock. */
  readonly clock?: Pick<LocalClock, 'offsetMs'>;
  /** Where the public API answers, once it does: in place of what templates say of it. */
  readonly publicUrl?: () => string | undefined;
  readonly maxWorkers?: number;
  readonly idleMs?: number;
}

/** Enough for parallel requests to overlap; each costs a bundle's memory. */
const MAX_WORKERS = 8;
const IDLE_MS = 60_000;

/** Templates name the address of a deployed stage; links must lead to this machine. */
const addressedTo = (definition: LocalFunction, url: string | undefined): LocalFunction =>
  url === undefined || definition.environment['PUBLIC_URL'] === undefined
    ? definition
    : { ...definition, environment: { ...definition.environment, PUBLIC_URL: url } };

const STARTS = { threads: startThread, processes: startProcess } as const;

/** Lambda's form of a stream's name; the part in brackets is the version. */
const logStreamName = (): string => {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
  return `${day}/[$LATEST]${randomUUID().replaceAll('-', '')}`;
};

interface Served {
  readonly definition: LocalFunction;
  readonly pool: FunctionPool;
}

const processOf = (functionName: string, { pid, peakRssBytes }: LambdaWorker): readonly FunctionProcess[] =>
  pid === undefined ? [] : [{ functionName, pid, peakRssBytes: peakRssBytes() }];

export const createFunctions = (options: FunctionsOptions): Functions => {
  const { definitions, endpoints, log, mode = 'threads', clock = createLocalClock() } = options;
  const { maxWorkers = MAX_WORKERS, idleMs = IDLE_MS, publicUrl = () => undefined } = options;
  const start = STARTS[mode];
  const starter = (definition: LocalFunction) => (): LambdaWorker =>
    startLambdaWorker({
      definition: addressedTo(definition, publicUrl()),
      endpoints,
      log,
      logStream: logStreamName(),
      clockOffsetMs: clock.offsetMs(),
      start,
    });
  const served = new Map<string, Served>(
    definitions.map((definition) => {
      const pool = createPool({ start: starter(definition), maxWorkers, idleMs });
      return [definition.name, { definition, pool }];
    }),
  );
  const kills = new Map<string, number>();
  const find = (name: string): Served => {
    const found = served.get(name);
    if (found === undefined) throw new Error(`No function ${name} in the templates.`);
    return found;
  };
  const takeKill = (name: string): number | undefined => {
    const calls = kills.get(name);
    kills.delete(name);
    return calls;
  };
  return {
    invoke: (name, request) => {
      const { pool } = find(name);
      return pool.invoke({ ...request, clockOffsetMs: clock.offsetMs(), killAfterCalls: takeKill(name) });
    },
    workers: () => [...served.values()].reduce((sum, { pool }) => sum + pool.workers().length, 0),
    processes: () =>
      [...served].flatMap(([name, { pool }]) => pool.workers().flatMap((worker) => processOf(name, worker))),
    kill: (name) => find(name).pool.kill(),
    killAfterCalls: (name, calls) => void kills.set(find(name).definition.name, calls),
    serveFrom: (name, directory) => {
      const { definition, pool } = find(name);
      pool.renew(starter({ ...definition, directory }));
    },
    stop: async () => {
      await Promise.all([...served.values()].map(({ pool }) => pool.stop()));
    },
  };
};
