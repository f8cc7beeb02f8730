import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalClock } from '../../../../../infra/local/clock.ts';
import type { LocalFunction } from '../../../../../infra/local/template/functions.ts';
import { createFunctions, type FunctionMode, type Functions } from '../../../../../infra/local/workers/functions.ts';
import type { Invocation } from '../../../../../infra/local/workers/lambda-worker.ts';

const NAME = 'fixture';

/** A folder with a bundle of that source. */
export const bundleDirectory = (source: string): string => {
  const directory = mkdtempSync(join(tmpdir(), 'function-'));
  writeFileSync(join(directory, 'index.js'), source);
  return directory;
};

const definitionOf = (source: string, memoryMb: number): LocalFunction => ({
  name: NAME,
  region: 'ap-northeast-1',
  arn: `arn:aws:lambda:ap-northeast-1:000000000000:function:${NAME}`,
  aliases: [],
  directory: bundleDirectory(source),
  handler: 'index.handler',
  timeoutMs: 5_000,
  memoryMb,
  environment: { OWN: 'value' },
  logGroup: `/aws/lambda/${NAME}`,
});

const running: Functions[] = [];

export interface FunctionFixtureOptions {
  readonly mode?: FunctionMode;
  readonly memoryMb?: number;
  /** Where AWS services answer; nobody, unless given. */
  readonly dynamodb?: string;
}

/** One function with its clock and its log. */
export const startFunction = (source: string, options: FunctionFixtureOptions = {}) => {
  const { mode = 'threads', memoryMb = 256, dynamodb = 'http://d' } = options;
  const clock = createLocalClock();
  const log: string[] = [];
  const functions = createFunctions({
    definitions: [definitionOf(source, memoryMb)],
    endpoints: { dynamodb, kms: 'http://kms', s3: 'http://s3', ses: 'http://ses', sns: 'http://sns' },
    log: (line) => log.push(line),
    mode,
    clock,
  });
  running.push(functions);
  const invoke = (event: unknown = {}): Promise<Invocation> =>
    functions.invoke(NAME, { event: JSON.stringify(event), requestId: 'request', traceId: 'Root=1-a-b' });
  return {
    clock,
    log,
    functions,
    invoke,
    /** What the function returned; throws when it failed. */
    result: async (event: unknown = {}): Promise<unknown> => {
      const invocation = await invoke(event);
      if (invocation.kind === 'failure') throw new Error(`${invocation.errorType}: ${invocation.message}`);
      return JSON.parse(invocation.payload);
    },
    kill: () => functions.kill(NAME),
    killAfterCalls: (calls: number) => functions.killAfterCalls(NAME, calls),
    serve: (newSource: string) => functions.serveFrom(NAME, bundleDirectory(newSource)),
  };
};

/** Ends everything that was started. */
export const stopFunctions = async (): Promise<void> => {
  await Promise.all(running.splice(0).map((functions) => functions.stop()));
};
