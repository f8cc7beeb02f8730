import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { ENDPOINTS } from '../../shared/contracts/registry.ts';
import { ROOT } from '../bundles.ts';
import { dynamoDbBinary, startDynamoDb } from '../local/emulators/dynamodb.ts';
import { prepareAssembly } from '../local/prepare/prepare.ts';
import { runAll } from '../local/run-all.ts';
import { startLocalStack } from '../local/stack.ts';
import { functionName } from '../names.ts';
import { STAGES } from '../stages.ts';
import { type Exchange, startFront } from './front.ts';
import { type Measured, measuredOf, type RouteId, type Sample } from './measured.ts';
import { startRecorder, type Units } from './recorder.ts';

/** What a run on this machine has seen. */
export interface Measurement {
  readonly measured: readonly Measured[];
  /** Endpoints that the journey does not come by. */
  readonly missing: readonly string[];
}

const STAGE = 'local';

const logLine = z.object({ endpoint: z.string() });

const endpointOfLine = (line: string): string | undefined => {
  try {
    return logLine.safeParse(JSON.parse(line)).data?.endpoint;
  } catch {
    return undefined;
  }
};

const isAnswered = ({ status }: Exchange): boolean => status === 200 || status === 302;

/** Bytes of log a request, by endpoint. */
const logBytesOf = (lines: readonly string[], exchanges: readonly (readonly [string, Exchange])[]) => {
  const bytes = new Map<string, number>();
  for (const line of lines) {
    const endpoint = endpointOfLine(line);
    if (endpoint !== undefined) bytes.set(endpoint, (bytes.get(endpoint) ?? 0) + Buffer.byteLength(line));
  }
  const requests = Map.groupBy(exchanges, ([endpoint]) => endpoint);
  return (endpoint: string): number => (bytes.get(endpoint) ?? 0) / (requests.get(endpoint)?.length ?? 1);
};

/** Puts together what was seen in front of the gateway, before the tables and in the logs. */
export const samplesOf = (
  exchanges: readonly Exchange[],
  unitsOf: (root: string) => Units,
  lines: readonly string[],
): readonly Sample[] => {
  const byRoute = new Map<string, string>(ENDPOINTS.map(({ id, method, path }) => [`${method} ${path}`, id]));
  const known = exchanges.flatMap((exchange) => {
    const endpoint = byRoute.get(`${exchange.method} ${exchange.path}`);
    return endpoint === undefined ? [] : [[endpoint, exchange] as const];
  });
  const logBytes = logBytesOf(lines, known);
  return known
    .filter(([, exchange]) => isAnswered(exchange))
    .map(([endpoint, { root, calls, sequential, computeMs, responseBytes }]) => {
      const { read: readUnits, write: writeUnits } = unitsOf(root);
      const took = { calls, sequential, computeMs, responseBytes, readUnits, writeUnits };
      return Object.assign(took, { endpoint, logBytes: logBytes(endpoint) });
    });
};

const idOf = (endpoint: string): RouteId | undefined => ENDPOINTS.find(({ id }) => id === endpoint)?.id;

/**
 * Runs the stack on this machine with a recorder before its tables and a front before its gateway, lets a journey go
 * through, and gives what each endpoint took.
 *
 * @param live is given the front's address and the staff API's.
 */
export const measure = async (live: (url: string, adminUrl: string) => Promise<void>): Promise<Measurement> => {
  const folder = mkdtempSync(join(tmpdir(), 'cost-'));
  const stops: (() => Promise<void> | void)[] = [() => rmSync(folder, { recursive: true, force: true })];
  const started = <T extends { readonly stop: () => Promise<void> | void }>(one: T): T => {
    stops.unshift(() => one.stop());
    return one;
  };
  const lines: string[] = [];
  try {
    const engine = started(await startDynamoDb({ file: join(folder, 'tables.db'), binary: dynamoDbBinary() }));
    const recorder = started(await startRecorder(engine.endpoint));
    const stack = started(
      await startLocalStack({
        assembly: () => prepareAssembly({ root: ROOT, stage: STAGE }),
        dataDirectory: join(folder, 'data'),
        fresh: true,
        port: 0,
        dynamodbEndpoint: recorder.url,
        log: (line) => lines.push(line),
      }),
    );
    const front = started(await startFront(stack.url));
    await live(front.url, stack.adminUrl ?? '');
    const samples = Map.groupBy(samplesOf(front.exchanges(), recorder.unitsOf, lines), ({ endpoint }) => endpoint);
    const memory = new Map(stack.application.functions.map(({ name, memoryMb }) => [name, memoryMb]));
    const measured = [...samples].flatMap(([endpoint, ofIt]) => {
      const id = idOf(endpoint);
      const memoryMb = memory.get(functionName(STAGES[STAGE], endpoint));
      return id === undefined || memoryMb === undefined ? [] : [measuredOf(id, memoryMb, ofIt)];
    });
    const seen = new Set<string>(measured.map(({ endpoint }) => endpoint));
    return { measured, missing: ENDPOINTS.map(({ id }) => id).filter((id) => !seen.has(id)) };
  } finally {
    await runAll(stops);
  }
};
