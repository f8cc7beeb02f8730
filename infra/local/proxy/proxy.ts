import { createServer, type Server } from 'node:http';
import { HOST, listen } from '../ports.ts';
import type { FunctionPolicy } from '../template/policies.ts';
import type { LocalTable } from '../template/tables.ts';
import type { Endpoints } from '../workers/environment.ts';
import { createAdmit } from './admission.ts';
import { type CallLog, createCallLog } from './calls/call-log.ts';
import { createCallers } from './caller.ts';
import { createFaults, type Faults } from './faults/faults.ts';
import { createReadItems } from './faults/read-items.ts';
import { createVersions } from './faults/versions.ts';
import { createCallOfFunction } from './function-call.ts';
import { createUpstream } from './forward.ts';
import { createAccess } from './iam/access.ts';
import { createJudgeForm } from './post/post-object.ts';
import { createJudgePresigned } from './presigned.ts';
import { serveCall } from './serve-call.ts';
import { SERVICE_NAMES, type ServiceName } from './services/service.ts';

export interface ProxyOptions {
  /** Where the emulators answer. */
  readonly emulators: Endpoints;
  /** What each function may do, by its name. */
  readonly policies: ReadonlyMap<string, FunctionPolicy>;
  /** Customer keys by the ARN of the table, bucket or alias. */
  readonly customerKeys: ReadonlyMap<string, string>;
  readonly tables: readonly LocalTable[];
  readonly region: string;
  /** Numbers from 0 to 1, for faults that strike some calls only. */
  readonly random: () => number;
  /** Epoch milliseconds, as functions see the time. */
  readonly now: () => number;
  /** The name whose access key nothing is refused. */
  readonly operator: string;
  readonly log: (line: string) => void;
}

/** What stands between functions and emulators. */
export interface Proxy {
  /** Where functions call the services. */
  readonly endpoints: Endpoints;
  /** The calls of functions, by the trace of the request that they belong to. */
  readonly calls: CallLog;
  readonly faults: Faults;
  readonly stop: () => Promise<void>;
}

/** The key attributes of each table. */
const keyNamesOf = (tables: readonly LocalTable[]): ReadonlyMap<string, readonly string[]> =>
  new Map(tables.map(({ name, create }) => [name, (create.KeySchema ?? []).map((key) => key.AttributeName ?? '')]));

const close = async (server: Server): Promise<void> => {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeAllConnections();
  await closed;
};

/** Starts a server for each service, on any free port. */
export const startProxy = async (options: ProxyOptions): Promise<Proxy> => {
  const { emulators, policies, customerKeys, tables, region, operator, random, now, log } = options;
  const callers = createCallers([...policies.keys()], operator);
  const access = createAccess({ policies, log });
  const admit = createAdmit({ access, customerKeyOf: (arn) => customerKeys.get(arn), log });
  const judgeForm = createJudgeForm({ callers, operator, now });
  const judgePresigned = createJudgePresigned({ callers, operator, now });
  const versions = createVersions(keyNamesOf(tables), createReadItems(emulators.dynamodb, region, operator));
  const faults = createFaults(random, versions.clear);
  const calls = createCallLog();
  const doCall = createCallOfFunction({ faults, versions, calls });

  const start = async (name: ServiceName) => {
    const upstream = createUpstream(emulators[name]);
    const route = { name, upstream, callers, admit, judgeForm, judgePresigned, doCall };
    const server = createServer((incoming, response) => {
      serveCall(route, incoming, response).catch((error: unknown) => {
        // A caller that hung up is no news; an emulator that did is.
        if (!incoming.socket.destroyed) log(`The local ${name} did not answer a call: ${String(error)}`);
        response.destroy();
      });
    });
    const port = await listen(server, 0, 'PORT');
    const stop = async (): Promise<void> => {
      await close(server);
      upstream.close();
    };
    return { name, endpoint: `http://${HOST}:${port}`, stop };
  };

  const started = await Promise.all(SERVICE_NAMES.map(start));
  const endpointOf = (wanted: ServiceName): string => started.find(({ name }) => name === wanted)?.endpoint ?? '';
  return {
    endpoints: {
      dynamodb: endpointOf('dynamodb'),
      kms: endpointOf('kms'),
      s3: endpointOf('s3'),
      ses: endpointOf('ses'),
      sns: endpointOf('sns'),
    },
    calls,
    faults,
    stop: async () => {
      await Promise.all(started.map(({ stop }) => stop()));
    },
  };
};
