import { createServer } from 'node:http';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { listen } from '../../../../../infra/local/ports.ts';
import type { LocalFunction } from '../../../../../infra/local/template/functions.ts';
import { createFunctions, type Functions } from '../../../../../infra/local/workers/functions.ts';
import type { Invocation } from '../../../../../infra/local/workers/lambda-worker.ts';

const NAME = 'fixture';
const endpoints = { dynamodb: 'http://d', kms: 'http://kms', s3: 'http://s3', ses: 'http://ses', sns: 'http://sns' };

const running: Functions[] = [];

const functionOf = (source: string, changes: Partial<LocalFunction> = {}): LocalFunction => {
  const directory = mkdtempSync(join(tmpdir(), 'function-'));
  writeFileSync(join(directory, 'index.js'), source);
  return {
    name: NAME,
    region: 'ap-northeast-1',
    arn: `arn:aws:lambda:ap-northeast-1:000000000000:function:${NAME}`,
    aliases: [],
    directory,
    handler: 'index.handler',
    timeoutMs: 5_000,
    memoryMb: 256,
    environment: { OWN: 'value' },
    logGroup: `/aws/lambda/${NAME}`,
    ...changes,
  };
};

const start = (definition: LocalFunction, log: string[] = [], idleMs = 60_000): Functions => {
  const functions = createFunctions({ definitions: [definition], endpoints, log: (line) => log.push(line), idleMs });
  running.push(functions);
  return functions;
};

const invoke = (functions: Functions, event: unknown = {}): Promise<Invocation> =>
  functions.invoke(NAME, { event: JSON.stringify(event), requestId: 'request', traceId: 'Root=1-a-b' });

const payloadOf = (invocation: Invocation): unknown =>
  invocation.kind === 'payload' ? JSON.parse(invocation.payload) : invocation;

/** A server that answers nobody before `count` requests are there at once. */
const startBarrier = async (count: number) => {
  const held: (() => void)[] = [];
  let most = 0;
  const server = createServer((_request, response) => {
    held.push(() => response.end());
    most = Math.max(most, held.length);
    if (held.length >= count) for (const release of held.splice(0)) release();
  });
  const port = await listen(server, 0, 'PORT');
  return { url: `http://127.0.0.1:${port}`, most: () => most, close: () => server.close() };
};

afterEach(async () => {
  await Promise.all(running.splice(0).map((functions) => functions.stop()));
});

describe('a function in its worker', () => {
  it('sees exactly the environment of its template, of Lambda, and the endpoints', async () => {
    const functions = start(functionOf('exports.handler = async () => process.env'));
    const environment = payloadOf(await invoke(functions));
    expect(environment).toMatchObject({
      OWN: 'value',
      AWS_REGION: 'ap-northeast-1',
      AWS_DEFAULT_REGION: 'ap-northeast-1',
      AWS_LAMBDA_FUNCTION_NAME: NAME,
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_ENDPOINT_URL_DYNAMODB: 'http://d',
      AWS_ENDPOINT_URL_S3: 'http://s3',
      AWS_ENDPOINT_URL_SES: 'http://ses',
      AWS_ENDPOINT_URL_KMS: 'http://kms',
      AWS_ENDPOINT_URL_SNS: 'http://sns',
      _X_AMZN_TRACE_ID: 'Root=1-a-b',
      TZ: ':UTC',
    });
    expect(environment).not.toHaveProperty('HOME');
    expect(environment).not.toHaveProperty('PATH');
  });

  it('gets the context that Lambda gives', async () => {
    const source =
      'exports.handler = async (event, context) => ({ ...context, left: context.getRemainingTimeInMillis() })';
    expect(payloadOf(await invoke(start(functionOf(source))))).toMatchObject({
      awsRequestId: 'request',
      functionName: NAME,
      invokedFunctionArn: expect.stringContaining(':function:fixture'),
      memoryLimitInMB: '256',
      callbackWaitsForEmptyEventLoop: true,
      left: expect.closeTo(5_000, -3),
    });
  });

  it('is loaded once and reused', async () => {
    const functions = start(functionOf('let calls = 0; exports.handler = async () => (calls += 1)'));
    await invoke(functions);
    await expect(invoke(functions)).resolves.toStrictEqual({ kind: 'payload', payload: '2' });
    expect(functions.workers()).toBe(1);
  });

  it('has its lines passed on before its result', async () => {
    const log: string[] = [];
    const source = `exports.handler = async () => {
      console.log('one\\ntwo');
      process.stdout.write('th');
      process.stdout.write(Buffer.from('ree\\n'));
      console.error('four');
      await new Promise((resolve) => process.stderr.write('five\\n', resolve));
    }`;
    await invoke(start(functionOf(source), log));
    expect(log).toStrictEqual(['one', 'two', 'three', 'four', 'five']);
  });

  it.each([
    ['throws', 'exports.handler = async () => { throw new RangeError("no") }', 'RangeError'],
    ['cannot be loaded', 'throw new SyntaxError("broken")', 'SyntaxError'],
    ['has no handler', 'exports.other = 1', 'TypeError'],
    ['ends its process', 'exports.handler = async () => process.exit(3)', 'Runtime.ExitError'],
    [
      'fails outside the promise',
      'exports.handler = () => new Promise(() => setImmediate(() => { throw new EvalError("x") }))',
      'EvalError',
    ],
  ])('fails the invocation when it %s', async (_name, source, errorType) => {
    const log: string[] = [];
    await expect(invoke(start(functionOf(source), log))).resolves.toMatchObject({ kind: 'failure', errorType });
    expect(log.join('\n')).toContain(`fixture request ${errorType}`);
  });

  it('starts anew after a crash', async () => {
    const functions = start(functionOf('exports.handler = async ({ die }) => (die ? process.exit(1) : "fine")'));
    await invoke(functions, { die: true });
    expect(payloadOf(await invoke(functions))).toBe('fine');
    expect(functions.workers()).toBe(1);
  });

  it('is killed when it exceeds its timeout, busy loops too', async () => {
    const functions = start(functionOf('exports.handler = async () => { for (;;); }', { timeoutMs: 300 }));
    await expect(invoke(functions)).resolves.toStrictEqual({
      kind: 'failure',
      errorType: 'Sandbox.Timedout',
      message: 'Task timed out after 0.30 seconds',
    });
    expect(functions.workers()).toBe(0);
  });
});

describe('the workers of one function', () => {
  const CALL = 'exports.handler = async ({ url }) => { await fetch(url); return "done"; }';

  it('really overlap, eight at once, and more wait', async () => {
    const barrier = await startBarrier(8);
    const functions = start(functionOf(CALL));
    const calls = Array.from({ length: 16 }, () => invoke(functions, { url: barrier.url }));
    const results = await Promise.all(calls);
    expect(results.every(({ kind }) => kind === 'payload')).toBe(true);
    expect(barrier.most()).toBe(8);
    expect(functions.workers()).toBe(8);
    barrier.close();
  });

  it('are reaped when idle, and started again when needed', async () => {
    const functions = start(functionOf('exports.handler = async () => 1'), [], 50);
    await Promise.all([invoke(functions), invoke(functions)]);
    for (let tries = 0; tries < 100 && functions.workers() > 0; tries += 1) await sleep(20);
    expect(functions.workers()).toBe(0);
    expect(payloadOf(await invoke(functions))).toBe(1);
  });

  it('answer those who wait when the stack stops', async () => {
    const functions = start(functionOf('exports.handler = () => new Promise(() => {})'));
    const calls = Array.from({ length: 9 }, () => invoke(functions));
    await functions.stop();
    const results = await Promise.all(calls);
    expect(results.every(({ kind }) => kind === 'failure')).toBe(true);
  });
});
