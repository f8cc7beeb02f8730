import { createServer, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { listen } from '../../../../../infra/local/ports.ts';
import type { FunctionMode } from '../../../../../infra/local/workers/functions.ts';
import { startFunction, stopFunctions } from './function-fixture.ts';

const mode = 'processes' as const;

const seen = z.object({ environment: z.record(z.string(), z.string()), args: z.number() });

afterEach(stopFunctions);

describe('a function in a process', () => {
  it('has the environment of one in a thread, and nothing of the fork', async () => {
    const source = 'exports.handler = async () => ({ environment: process.env, args: process.argv.length })';
    const seenIn = async (functionMode: FunctionMode) => {
      const { environment, args } = seen.parse(await startFunction(source, { mode: functionMode }).result());
      return { args, environment: { ...environment, AWS_LAMBDA_LOG_STREAM_NAME: '', LAMBDA_TASK_ROOT: '' } };
    };
    const inProcess = await seenIn('processes');
    expect(inProcess.environment).toMatchObject({ OWN: 'value', TZ: ':UTC', AWS_ENDPOINT_URL_S3: 'http://s3' });
    expect(inProcess).toStrictEqual(await seenIn('threads'));
  });

  it('is another process, whose memory can be read', async () => {
    const { result, functions } = startFunction(
      'const kept = []; exports.handler = async ({ mb }) => { kept.push(Buffer.alloc(mb * 1048576, 1)); return process.pid; }',
      { mode },
    );
    const pid = await result({ mb: 1 });
    expect(pid).not.toBe(process.pid);
    const before = functions.processes()[0];
    expect(before).toMatchObject({ functionName: 'fixture', pid });
    expect(before?.peakRssBytes).toBeLessThan(150 * 1_048_576);
    await result({ mb: 64 });
    const after = functions.processes()[0];
    expect((after?.peakRssBytes ?? 0) - (before?.peakRssBytes ?? 0)).toBeGreaterThan(50 * 1_048_576);
  });

  it('fails when it takes more memory than its template allows', async () => {
    const { invoke, log } = startFunction(
      'exports.handler = async () => { const kept = []; for (;;) kept.push(new Array(100000).fill(kept.length)); }',
      { mode, memoryMb: 64 },
    );
    await expect(invoke()).resolves.toMatchObject({ kind: 'failure', errorType: 'Runtime.ExitError' });
    expect(log.join('\n')).toContain('heap out of memory');
  }, 30_000);

  it('can be killed in the middle of its work; the next invocation gets a new one', async () => {
    const { invoke, result, functions, kill } = startFunction(
      'exports.handler = async ({ hang }) => (hang ? new Promise(() => {}) : process.pid)',
      { mode },
    );
    const pid = await result();
    const underWay = invoke({ hang: true });
    await sleep(50);
    await kill();
    await expect(underWay).resolves.toMatchObject({
      kind: 'failure',
      errorType: 'Runtime.ExitError',
      message: 'Runtime exited with signal SIGKILL',
    });
    expect(functions.workers()).toBe(0);
    await expect(result()).resolves.not.toBe(pid);
  });

  it('that is killed while idle is not used again', async () => {
    const { result, functions } = startFunction('exports.handler = async () => process.pid', { mode });
    const pid = Number(await result());
    process.kill(pid, 'SIGKILL');
    for (let tries = 0; tries < 100 && functions.workers() > 0; tries += 1) await sleep(20);
    await expect(result()).resolves.not.toBe(pid);
  });

  it.each([
    ['throws', 'exports.handler = async () => { throw new RangeError("no") }', 'RangeError', 1],
    ['cannot be loaded', 'throw new SyntaxError("broken")', 'SyntaxError', 0],
    ['ends its process', 'exports.handler = async () => process.exit(3)', 'Runtime.ExitError', 0],
    [
      'fails outside',
      'exports.handler = () => new Promise(() => setImmediate(() => { throw new EvalError() }))',
      'EvalError',
      0,
    ],
  ])('fails the invocation when it %s', async (_name, source, errorType, left) => {
    const { invoke, functions } = startFunction(source, { mode });
    await expect(invoke()).resolves.toMatchObject({ kind: 'failure', errorType });
    expect(functions.workers()).toBe(left);
  });

  it('has its lines passed on before its result', async () => {
    const { result, log } = startFunction('exports.handler = async () => { console.log("one\\ntwo"); return 1; }', {
      mode,
    });
    await result();
    expect(log).toStrictEqual(['one', 'two']);
  });
});

describe('the kill point', () => {
  const calls: string[] = [];
  let server: Server;
  let dynamodb: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      calls.push(String(request.url));
      response.end('ok');
    });
    dynamodb = `http://127.0.0.1:${await listen(server, 0, 'PORT')}`;
  });
  afterAll(() => {
    server.close();
  });

  const THREE_CALLS = `
    const http = require('node:http');
    const call = (path) => new Promise((resolve, reject) => {
      http.request(process.env.AWS_ENDPOINT_URL_DYNAMODB + path, (answer) => answer.resume().on('end', () => {
        console.log('seen ' + path);
        resolve();
      })).on('error', reject).end();
    });
    exports.handler = async () => { for (const path of ['/1', '/2', '/3']) await call(path); return 'done'; }`;

  it.each([0, 1, 2, 3])('kills after %i answers, which the function does not see', async (count) => {
    calls.length = 0;
    const { invoke, result, log, killAfterCalls } = startFunction(THREE_CALLS, { mode, dynamodb });
    killAfterCalls(count);
    await expect(invoke()).resolves.toMatchObject({ message: 'Runtime exited with signal SIGKILL' });
    expect(calls).toStrictEqual(['/1', '/2', '/3'].slice(0, count));
    expect(log.filter((line) => line.startsWith('seen'))).toHaveLength(Math.max(0, count - 1));
    await expect(result()).resolves.toBe('done');
  });

  it('holds for one invocation only, and for calls to AWS only', async () => {
    const { result, killAfterCalls } = startFunction(THREE_CALLS, { mode, dynamodb });
    killAfterCalls(4);
    await expect(result()).resolves.toBe('done');
    await expect(result()).resolves.toBe('done');
    const other = startFunction(THREE_CALLS.replace('process.env.AWS_ENDPOINT_URL_DYNAMODB', `'${dynamodb}'`), {
      mode,
    });
    other.killAfterCalls(0);
    await expect(other.result()).resolves.toBe('done');
  });
});
