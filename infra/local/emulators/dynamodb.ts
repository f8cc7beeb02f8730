import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, HOST } from '../ports.ts';
import { StartError } from '../errors.ts';
import { type GuardedProcess, startGuardedProcess } from '../process/guarded-process.ts';

/** A DynamoDB that answers. */
export interface DynamoDb {
  readonly endpoint: string;
  /** Whether it was started from here; another's is only used. */
  readonly own: boolean;
  /** Resolves with a sentence when an engine started from here ends; never for another's. */
  readonly ended: Promise<string>;
  readonly stop: () => Promise<void>;
}

export interface DynamoDbOptions {
  /** File that keeps the tables. */
  readonly file: string;
  /** Another server to use in place of the engine. */
  readonly endpoint?: string | undefined;
  /** The engine's program; undefined where there is none for the platform. */
  readonly binary?: string | undefined;
}

const START_TIMEOUT_MS = 10_000;
const POLL_MS = 20;
/** Somebody may take the free port first; twice in a row is already far-fetched. */
const START_ATTEMPTS = 3;

/** The engine's program, when npm installed it: its package is optional and exists for some platforms only. */
export const dynamoDbBinary = (): string | undefined => {
  try {
    const manifest = createRequire(import.meta.url).resolve('@dynoxide/linux-x64/package.json');
    const binary = join(dirname(manifest), 'dynoxide');
    return existsSync(binary) ? binary : undefined;
  } catch {
    return undefined;
  }
};

const answers = async (endpoint: string): Promise<boolean> => {
  try {
    const response = await fetch(endpoint, { signal: AbortSignal.timeout(1_000) });
    await response.body?.cancel();
    return true;
  } catch {
    return false;
  }
};

const useOther = async (endpoint: string): Promise<DynamoDb> => {
  if (!URL.canParse(endpoint)) {
    throw new StartError(`DYNAMODB_ENDPOINT is "${endpoint}", which is no URL. Example: http://127.0.0.1:8000`);
  }
  if (!(await answers(endpoint))) {
    throw new StartError(
      `Nothing answers at ${endpoint}, which DYNAMODB_ENDPOINT names. Start DynamoDB Local (with -sharedDb) or a compatible server there.`,
    );
  }
  return { endpoint, own: false, ended: new Promise(() => {}), stop: () => Promise.resolve() };
};

/** Waits until the engine answers; false when it ended first. */
const isUp = async (endpoint: string, engine: GuardedProcess): Promise<boolean> => {
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (engine.isAlive() && performance.now() < deadline) {
    if (await answers(endpoint)) return true;
    await sleep(POLL_MS);
  }
  return false;
};

const startEngine = async (binary: string, file: string): Promise<DynamoDb> => {
  let output = '';
  for (let attempt = 0; attempt < START_ATTEMPTS; attempt += 1) {
    const port = await freePort();
    const engine = await startGuardedProcess(binary, [
      'serve',
      '--host',
      HOST,
      '--port',
      String(port),
      '--db-path',
      file,
    ]);
    const endpoint = `http://${HOST}:${port}`;
    if (await isUp(endpoint, engine)) return { endpoint, own: true, ended: engine.ended, stop: engine.stop };
    await engine.stop();
    output = engine.output();
  }
  throw new StartError(`The DynamoDB engine ${binary} does not start. It printed:\n${output}`);
};

/**
 * Starts the DynamoDB engine, or uses another server.
 *
 * @throws StartError when there is no engine for this platform, or it or the other server does not answer.
 */
export const startDynamoDb = async ({ file, endpoint, binary }: DynamoDbOptions): Promise<DynamoDb> => {
  if (endpoint !== undefined) return useOther(endpoint);
  if (binary !== undefined) return startEngine(binary, file);
  throw new StartError(
    `There is no DynamoDB engine for ${process.platform}-${process.arch}: @dynoxide/linux-x64 is not installed here. ` +
      'Start DynamoDB Local (with -sharedDb) or any compatible server, and name it: DYNAMODB_ENDPOINT=http://127.0.0.1:8000 npm start',
  );
};
