import { captchaAnswerOf } from './captcha-answer.ts';
import type { LocalClock } from './clock.ts';
import type { DataDirectory } from './data-directory.ts';
import { createDocsPage } from './docs-page.ts';
import { dynamoDbClient, type Emulators, OPERATOR } from './emulators/emulators.ts';
import { type Beside, closeServer, createFrontServer } from './front-server.ts';
import { createGateway } from './gateway/gateway.ts';
import { clockLevers } from './levers/clock.ts';
import { faultLevers } from './levers/faults.ts';
import { jobLevers } from './levers/jobs.ts';
import { killLevers } from './levers/kill.ts';
import { outboxLevers } from './levers/outbox.ts';
import { queueLevers } from './levers/queues.ts';
import { createStageVariables, type StageVariablesNow, stageVariableLevers } from './levers/stage-variables.ts';
import { createLocalApi } from './local-api.ts';
import { createOperatorEndpoint } from './operator/operator-endpoint.ts';
import { HOST, listen } from './ports.ts';
import type { Proxy } from './proxy/proxy.ts';
import { openQueues } from './queues/queues.ts';
import { runAll } from './run-all.ts';
import type { RunningStack, StackOptions } from './running-stack.ts';
import { startSchedules } from './schedules/schedules.ts';
import { startStreams, type Streams } from './streams/streams.ts';
import type { Application } from './template/application.ts';
import { accessKeyOf } from './workers/access-key.ts';
import { createFunctions, type Functions } from './workers/functions.ts';

/** What is there before anything can be served. */
export interface Parts {
  readonly application: Application;
  readonly emulators: Emulators;
  readonly proxy: Proxy;
  readonly clock: LocalClock;
  readonly data: DataDirectory;
}

/** Something that was started and can be stopped. */
interface Started {
  readonly stop: () => Promise<void>;
}

/** Time that requests under way have to end when the stack stops. */
const STOP_GRACE_MS = 2_000;

const functionsOf = (
  { functionsAs: mode = 'threads', log }: StackOptions,
  parts: Parts,
  publicUrl: () => string | undefined,
): Functions => {
  const { application, proxy, clock } = parts;
  const definitions = application.functions;
  return createFunctions({ definitions, endpoints: proxy.endpoints, log, mode, clock, publicUrl });
};

/** What calls functions when nobody asks: schedules and the streams of tables; and the levers that show it all. */
const startBackground = (
  { functionsAs: mode = 'threads', log }: StackOptions,
  parts: Parts,
  functions: Functions,
): Started & {
  readonly beside: readonly Beside[];
  readonly stageVariables: StageVariablesNow;
  readonly follow: () => void;
} => {
  const { application, emulators, proxy, clock, data } = parts;
  const { region } = application;
  const endpoint = emulators.dynamodb.endpoint;
  const accessKey = accessKeyOf(OPERATOR);
  const client = dynamoDbClient(endpoint, region, accessKey);
  const queues = openQueues(application.queues, data.queues, clock.now);
  const schedules = startSchedules({ schedules: application.schedules, functions, clock, log });
  const from = { endpoint, region, accessKey, progressFile: data.streams };
  let streams: Streams | undefined;
  const stageVariables = createStageVariables(application.api.stageVariables);
  const captchaAnswer = captchaAnswerOf(client, application.functions);
  const localApi = createLocalApi([
    ...outboxLevers({ emails: emulators.ses.emails, sms: emulators.sns.messages, captchaAnswer }),
    ...clockLevers(clock),
    ...faultLevers(proxy.faults),
    ...jobLevers(schedules),
    ...queueLevers(queues),
    ...stageVariableLevers(stageVariables),
    ...killLevers({ functions, names: application.functions.map(({ name }) => name), mode }),
  ]);
  // Functions end before what waits for them does.
  const steps = [schedules.stop, () => streams?.stop(), functions.stop, () => streams?.ended, () => client.destroy()];
  const operator = createOperatorEndpoint({
    queues,
    functions,
    definitions: application.functions,
    clock,
    tables: client,
    endpoint,
  });
  return {
    stageVariables,
    beside: [operator, localApi],
    follow: () => {
      streams = startStreams({ sources: application.eventSources, functions, queues, clock, log, ...from });
    },
    stop: () => runAll(steps),
  };
};

/** Serves the public API, with what only exists on this machine beside it. */
const servePublic = async (
  { port, log }: StackOptions,
  { application, clock, proxy }: Parts,
  functions: Functions,
  { beside, stageVariables }: { readonly beside: readonly Beside[]; readonly stageVariables: StageVariablesNow },
): Promise<Started & { readonly url: string }> => {
  const { invoke } = functions;
  const gateway = createGateway({
    api: application.api,
    invoke,
    now: clock.now,
    calls: proxy.calls,
    stageVariables: stageVariables.all,
  });
  const server = createFrontServer(gateway, [...beside, createDocsPage()], log);
  const url = `http://${HOST}:${await listen(server, port, 'PORT')}`;
  return { url, stop: () => closeServer(server, STOP_GRACE_MS) };
};

/** Serves the staff API, when there is one, to whom a header names. */
const serveStaff = async (
  { adminPort = 0, log }: StackOptions,
  { application, clock, proxy }: Parts,
  { invoke }: Functions,
): Promise<Started & { readonly url: string | undefined }> => {
  const { staffApi: api } = application;
  if (api === undefined) return { url: undefined, stop: () => Promise.resolve() };
  const gateway = createGateway({ api, invoke, authorization: 'iam', now: clock.now, calls: proxy.calls });
  const server = createFrontServer(gateway, [], log);
  const url = `http://${HOST}:${await listen(server, adminPort, 'ADMIN_PORT')}`;
  return { url, stop: () => closeServer(server, STOP_GRACE_MS) };
};

/**
 * Starts everything that calls functions.
 *
 * @throws StartError when a port is taken, with nothing left running.
 */
export const serve = async (options: StackOptions, parts: Parts): Promise<RunningStack> => {
  const { application, emulators, proxy } = parts;
  let publicUrl: string | undefined;
  const functions = functionsOf(options, parts, () => publicUrl);
  const background = startBackground(options, parts, functions);
  const stops = [background.stop];
  const started = <S extends Started>(one: S): S => {
    stops.unshift(one.stop);
    return one;
  };
  try {
    const { url } = started(await servePublic(options, parts, functions, background));
    publicUrl = url;
    const { url: adminUrl } = started(await serveStaff(options, parts, functions));
    // Streams start functions at once, and what those send may link to the address.
    background.follow();
    return {
      url,
      adminUrl,
      outboxUrl: `${url}/_local/outbox`,
      inboxUrl: emulators.ses.endpoint,
      hasNewData: emulators.dynamodb.own ? parts.data.isNew : options.fresh,
      endpoints: proxy.endpoints,
      application,
      workers: functions.workers,
      processes: functions.processes,
      killWorker: functions.kill,
      serveFrom: functions.serveFrom,
      stop: () => runAll(stops),
    };
  } catch (error) {
    await runAll(stops);
    throw error;
  }
};
