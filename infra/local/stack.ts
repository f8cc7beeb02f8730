import { captchaAnswerOf } from './captcha-answer.ts';
import { type DataDirectory, openDataDirectory } from './data-directory.ts';
import { dynamoDbBinary } from './emulators/dynamodb.ts';
import {
  dynamoDbClient,
  type Emulators,
  endpointsOf,
  OPERATOR,
  provision,
  startEmulators,
  stopEmulators,
} from './emulators/emulators.ts';
import { closeServer, createFrontServer } from './front-server.ts';
import { createGateway } from './gateway/gateway.ts';
import { createLocalApi } from './local-api.ts';
import { HOST, listen } from './ports.ts';
import { type Application, readApplication } from './template/application.ts';
import { accessKeyOf } from './workers/access-key.ts';
import { createFunctions } from './workers/functions.ts';
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
  /** Another DynamoDB to use in place of the engine. */
  readonly dynamodbEndpoint?: string | undefined;
  /** Takes what functions print, line by line. */
  readonly log: LogLine;
  /** Called once with a sentence when an emulator ends by itself; the stack should be stopped then. */
  readonly onFailure?: (what: string) => void;
}

/** A local stack that serves. */
export interface RunningStack {
  readonly url: string;
  readonly outboxUrl: string;
  /** The mail emulator's inbox page. */
  readonly inboxUrl: string;
  /** Where the AWS services of this machine answer; any access key of a function of the templates is let in. */
  readonly endpoints: ReturnType<typeof endpointsOf>;
  readonly application: Application;
  /** How many function workers live now. */
  readonly workers: () => number;
  /** Ends everything that was started; nothing is left behind. */
  readonly stop: () => Promise<void>;
}

/** Time that requests under way have to end when the stack stops. */
const STOP_GRACE_MS = 2_000;

/** Runs steps in order, also when some fail, and throws what failed first. */
const runAll = async (steps: readonly (() => Promise<void> | void)[]): Promise<void> => {
  const errors: unknown[] = [];
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw new AggregateError(errors, 'The local stack did not stop in order.');
};

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

const serve = async (options: StackOptions, application: Application, emulators: Emulators): Promise<RunningStack> => {
  const { functions, api, region } = application;
  const endpoints = endpointsOf(emulators);
  const client = dynamoDbClient(endpoints.dynamodb, region, accessKeyOf(OPERATOR));
  const running = createFunctions({ definitions: functions, endpoints, log: options.log });
  const gateway = createGateway({ api, invoke: running.invoke, now: Date.now });
  const localApi = createLocalApi({
    emails: emulators.ses.emails,
    sms: emulators.sns.messages,
    captchaAnswer: captchaAnswerOf(client, functions),
  });
  const server = createFrontServer(gateway, localApi, options.log);
  const port = await listen(server, options.port, 'PORT');
  const url = `http://${HOST}:${port}`;
  return {
    url,
    outboxUrl: `${url}/_local/outbox`,
    inboxUrl: endpoints.ses,
    endpoints,
    application,
    workers: running.workers,
    stop: () => runAll([() => closeServer(server, STOP_GRACE_MS), running.stop, () => client.destroy()]),
  };
};

const startOn = async (options: StackOptions, data: DataDirectory): Promise<RunningStack> => {
  const [emulators, assembly] = await Promise.allSettled([
    startEmulators({ data, dynamodbEndpoint: options.dynamodbEndpoint, dynamodbBinary: dynamoDbBinary() }),
    options.assembly(),
  ]);
  if (emulators.status === 'rejected') throw emulators.reason;
  const watcher = watch(emulators.value, options.onFailure ?? options.log);
  const stopRest = [watcher.off, () => stopEmulators(emulators.value)];
  try {
    if (assembly.status === 'rejected') throw assembly.reason;
    const application = readApplication(assembly.value);
    await provision(emulators.value, application, options.fresh);
    const stack = await serve(options, application, emulators.value);
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
