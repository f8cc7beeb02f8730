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
import { serve } from './serve.ts';
import { requireStreamGrants } from './streams/grants.ts';
import { type Application, readApplication } from './template/application.ts';
import type { FunctionMode, Functions } from './workers/functions.ts';
import type { LogLine } from './workers/lambda-worker.ts';

export interface StackOptions {
  /** Gives the folder of the cloud assembly to run. Called at once, so that emulators start meanwhile. */
  readonly assembly: () => Promise<string>;
  /** Keeps tables, objects, mails and messages. */
  readonly dataDirectory: string;
  /** Whether to empty the data folder first. */
  readonly fresh: boolean;
  /** Of the gateway; 0 for any free one. */
  readonly port: number;
  /** Of the staff API's gateway, when the template has one; any free one, unless given. */
  readonly adminPort?: number;
  /** Another DynamoDB to use in place of the engine. */
  readonly dynamodbEndpoint?: string | undefined;
  /** Threads, unless processes are asked for. */
  readonly functionsAs?: FunctionMode;
  /** Takes what functions print, line by line. */
  readonly log: LogLine;
  /** Called once with a sentence when an emulator ends by itself; the stack should be stopped then. */
  readonly onFailure?: (what: string) => void;
}

/** A local stack that serves. */
export interface RunningStack {
  readonly url: string;
  /** Where the staff API answers; undefined when the template has none. */
  readonly adminUrl: string | undefined;
  readonly outboxUrl: string;
  /** The mail emulator's inbox page. */
  readonly inboxUrl: string;
  /** Where functions call the AWS services: what their policies do not allow is refused, except to the operator. */
  readonly endpoints: ReturnType<typeof endpointsOf>;
  readonly application: Application;
  /** How many function workers live now. */
  readonly workers: () => number;
  /** The processes that run functions; none when they run as threads. */
  readonly processes: Functions['processes'];
  /** Ends all workers of a function at once, in the middle of what they do. */
  readonly killWorker: Functions['kill'];
  /** Serves a function from another folder from now on; invocations under way end with the old code. */
  readonly serveFrom: Functions['serveFrom'];
  /** Ends everything that was started; nothing is left behind. */
  readonly stop: () => Promise<void>;
}

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
