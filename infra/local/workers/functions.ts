import { randomUUID } from 'node:crypto';
import type { LocalFunction } from '../template/functions.ts';
import type { Endpoints } from './environment.ts';
import { type Invocation, type InvocationRequest, type LogLine, startLambdaWorker } from './lambda-worker.ts';
import { createPool, type FunctionPool } from './pool.ts';

/** All functions of the stack, each with workers of its own, started on first use. */
export interface Functions {
  /** Throws when there is no function of that name. */
  readonly invoke: (name: string, request: InvocationRequest) => Promise<Invocation>;
  /** How many workers live now, over all functions. */
  readonly workers: () => number;
  readonly stop: () => Promise<void>;
}

export interface FunctionsOptions {
  readonly definitions: readonly LocalFunction[];
  readonly endpoints: Endpoints;
  readonly log: LogLine;
  readonly maxWorkers?: number;
  readonly idleMs?: number;
}

/** Enough for parallel requests to overlap; each costs a bundle's memory. */
const MAX_WORKERS = 8;
const IDLE_MS = 60_000;

/** Lambda's form of a stream's name; the part in brackets is the version. */
const logStreamName = (): string => {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
  return `${day}/[$LATEST]${randomUUID().replaceAll('-', '')}`;
};

export const createFunctions = (options: FunctionsOptions): Functions => {
  const { definitions, endpoints, log, maxWorkers = MAX_WORKERS, idleMs = IDLE_MS } = options;
  const poolOf = (definition: LocalFunction): FunctionPool =>
    createPool({
      start: () => startLambdaWorker({ definition, endpoints, log, logStream: logStreamName() }),
      maxWorkers,
      idleMs,
    });
  const pools = new Map(definitions.map((definition) => [definition.name, poolOf(definition)]));
  return {
    invoke: (name, request) => {
      const pool = pools.get(name);
      if (pool === undefined) throw new Error(`No function ${name} in the templates.`);
      return pool.invoke(request);
    },
    workers: () => [...pools.values()].reduce((sum, pool) => sum + pool.size(), 0),
    stop: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.stop()));
    },
  };
};
