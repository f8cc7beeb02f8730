import { createLocalClock } from './clock.ts';
import { type DataDirectory, openDataDirectory } from './data-directory.ts';
import { dynamoDbBinary } from './emulators/dynamodb.ts';
import {
  type Emulators,
  endpointsOf,
  OPERATOR,
  provision,
  startEmulators,
  stopEmulators,
} from './emulators/emulators.ts';
import { startProxy } from './proxy/proxy.ts';
import { runAll } from './run-all.ts';
import type { RunningStack, StackOptions } from './running-stack.ts';
import { serve } from './serve.ts';
import { requireStreamGrants } from './streams/grants.ts';
import { readApplication } from './template/application.ts';

const watch = (emulators: Emulators, onFailure: (what: string) => void): { readonly off: () => void } => {
  let watching = true;
  const report = async (name: 'dynamodb' | 's3' | 'ses'): Promise<void> => {
    const end = await emulators[name].ended;
    if (watching) onFailure(`The local ${name} ${end}.`);
    watching = false;
  };
  void report('dynamodb');
  void report('s3');
  void report('ses');
  return {
    off: () => {
      watching = false;
    },
  };
};

const startOn = async (options: StackOptions, data: DataDirectory): Promise<RunningStack> => {
  const clock = createLocalClock();
  const [emulators, assembly] = await Promise.allSettled([
    startEmulators({
      data,
      dynamodbEndpoint: options.dynamodbEndpoint,
      dynamodbBinary: dynamoDbBinary(),
      now: clock.now,
    }),
    options.assembly(),
  ]);
  if (emulators.status === 'rejected') throw emulators.reason;
  const watcher = watch(emulators.value, options.onFailure ?? options.log);
  const stopRest: (() => Promise<void> | void)[] = [watcher.off, () => stopEmulators(emulators.value)];
  try {
    if (assembly.status === 'rejected') throw assembly.reason;
    const application = readApplication(assembly.value);
    requireStreamGrants(application);
    await provision(emulators.value, application, options.fresh);
    const upstreams = { emulators: endpointsOf(emulators.value), operator: OPERATOR };
    const sources = { now: clock.now, random: Math.random };
    const proxy = await startProxy({ ...application, ...upstreams, ...sources, log: options.log });
    stopRest.unshift(proxy.stop);
    const stack = await serve(options, { application, emulators: emulators.value, proxy, clock, data });
    return { ...stack, stop: () => runAll([stack.stop, ...stopRest]) };
  } catch (error) {
    await runAll(stopRest);
    throw error;
  }
};

/**
 * Starts the emulators, reads the templates, creates what they declare, and serves their API.
 *
 * @throws StartError for what the person at the keyboard can put right, with nothing left running.
 */
export const startLocalStack = async (options: StackOptions): Promise<RunningStack> => {
  const data = openDataDirectory(options.dataDirectory, options.fresh);
  try {
    const stack = await startOn(options, data);
    return { ...stack, stop: () => runAll([stack.stop, data.release]) };
  } catch (error) {
    data.release();
    throw error;
  }
};
