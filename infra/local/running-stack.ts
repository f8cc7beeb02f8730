import type { endpointsOf } from './emulators/emulators.ts';
import type { Application } from './template/application.ts';
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
  /** Whether its tables were empty when it started. */
  readonly hasNewData: boolean;
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
