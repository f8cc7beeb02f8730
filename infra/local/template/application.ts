import { type Api, apisOf } from './api.ts';
import { readAssembly } from './assembly.ts';
import { bucketsOf } from './buckets.ts';
import { functionsOf, type LocalFunction } from './functions.ts';
import { type LocalTable, tablesOf } from './tables.ts';

/** Everything of a cloud assembly that this machine runs. */
export interface Application {
  readonly region: string;
  readonly tables: readonly LocalTable[];
  readonly buckets: readonly string[];
  readonly functions: readonly LocalFunction[];
  /** The public API. */
  readonly api: Api;
}

/** A route to a function that does not exist would fail at every request; this says so at once. */
const requireFunctions = (api: Api, functions: readonly LocalFunction[]): void => {
  const names = new Set(functions.map(({ name }) => name));
  for (const { path, methods } of api.paths) {
    for (const [method, { functionName }] of methods) {
      if (!names.has(functionName)) throw new Error(`${method} ${path} calls ${functionName}, which no template has.`);
    }
  }
};

/**
 * Reads the cloud assembly in a folder.
 *
 * @throws when it has not exactly one REST API, or something that cannot be run here.
 */
export const readApplication = (assembly: string): Application => {
  const stacks = readAssembly(assembly);
  const [stack] = stacks;
  const [api, ...others] = apisOf(stacks);
  if (stack === undefined || api === undefined) throw new Error(`The cloud assembly in ${assembly} has no REST API.`);
  if (others.length > 0)
    throw new Error(`The cloud assembly in ${assembly} has ${others.length + 1} REST APIs, not one.`);
  const functions = functionsOf(stacks, assembly);
  requireFunctions(api, functions);
  return { region: stack.region, tables: tablesOf(stacks), buckets: bucketsOf(stacks), functions, api };
};
