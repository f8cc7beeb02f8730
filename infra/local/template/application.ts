import { type Api, apisOf, isStaffApi } from './api.ts';
import { readAssembly } from './assembly.ts';
import { bucketsOf } from './buckets.ts';
import { customerKeysOf } from './encryption.ts';
import { eventSourcesOf, type LocalEventSource } from './event-sources.ts';
import { functionsOf, type LocalFunction } from './functions.ts';
import { keysOf, type LocalKey } from './keys.ts';
import { type FunctionPolicy, policiesOf } from './policies.ts';
import { queuesOf } from './queues.ts';
import { type LocalSchedule, schedulesOf } from './schedules.ts';
import { type LocalTable, tablesOf } from './tables.ts';

/** Everything of a cloud assembly that this machine runs. */
export interface Application {
  readonly region: string;
  readonly tables: readonly LocalTable[];
  readonly buckets: readonly string[];
  readonly keys: readonly LocalKey[];
  readonly functions: readonly LocalFunction[];
  /** What each function may do, by its name. */
  readonly policies: ReadonlyMap<string, FunctionPolicy>;
  /** Customer keys by the ARN of the table or bucket that they encrypt, or of the alias that stands for them. */
  readonly customerKeys: ReadonlyMap<string, string>;
  readonly schedules: readonly LocalSchedule[];
  readonly eventSources: readonly LocalEventSource[];
  /** Names of queues. */
  readonly queues: readonly string[];
  /** The public API. */
  readonly api: Api;
  readonly staffApi: Api | undefined;
}

/** A route to a function or an alias that does not exist would fail at every request; this says so at once. */
const requireFunctions = (api: Api, functions: readonly LocalFunction[]): void => {
  const aliases = new Map(functions.map((one) => [one.name, one.aliases]));
  for (const { path, methods } of api.paths) {
    for (const [method, { functionName, qualifier }] of methods) {
      const known = aliases.get(functionName);
      if (known === undefined) throw new Error(`${method} ${path} calls ${functionName}, which no template has.`);
      if (qualifier === undefined || known.includes(qualifier)) continue;
      throw new Error(`${method} ${path} calls ${functionName} by the alias ${qualifier}, which no template has.`);
    }
  }
};

/**
 * Reads the cloud assembly in a folder.
 *
 * @throws when it has not exactly one public REST API and at most one for the staff, or something that cannot be run here.
 */
export const readApplication = (assembly: string): Application => {
  const stacks = readAssembly(assembly);
  const [stack] = stacks;
  const apis = apisOf(stacks);
  const [api, ...otherApis] = apis.filter((one) => !isStaffApi(one));
  const [staffApi, ...otherStaffApis] = apis.filter(isStaffApi);
  if (stack === undefined || api === undefined) throw new Error(`The cloud assembly in ${assembly} has no REST API.`);
  if (otherApis.length + otherStaffApis.length > 0) {
    const names = apis.map(({ name }) => name).join(', ');
    throw new Error(
      `The cloud assembly in ${assembly} has the REST APIs ${names}. ` +
        'The local stack serves one, and one for the staff, whose name ends in -admin.',
    );
  }
  const functions = functionsOf(stacks, assembly);
  for (const one of apis) requireFunctions(one, functions);
  return {
    region: stack.region,
    tables: tablesOf(stacks),
    buckets: bucketsOf(stacks),
    keys: keysOf(stacks),
    functions,
    policies: policiesOf(stacks),
    customerKeys: customerKeysOf(stacks),
    schedules: schedulesOf(stacks),
    eventSources: eventSourcesOf(stacks),
    queues: queuesOf(stacks),
    api,
    staffApi,
  };
};
