import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ROOT } from '../../infra/bundles.ts';
import { freePort, listen } from '../../infra/local/ports.ts';
import { prepareAssembly } from '../../infra/local/prepare/prepare.ts';
import { digestOf } from '../../infra/local/demo/password-digest.ts';
import { ready, type Started, startProcess, waitUntil } from '../support/stack-process.ts';
import { temporaryDirectory } from '../unit/infra/local/fixture-assembly.ts';

const children: ChildProcess[] = [];

const start = (environment: Readonly<Record<string, string>>, args?: readonly string[]): Started => {
  const started = startProcess({ LOCAL_DATA_DIRECTORY: temporaryDirectory(), ...environment }, args);
  children.push(started.child);
  return started;
};

/** The children of a process, as Linux keeps them. */
const childrenOf = (pid: number): readonly number[] => {
  const file = `/proc/${pid}/task/${pid}/children`;
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split(' ').filter(Boolean).map(Number) : [];
};

const isGone = (pid: number): boolean => {
  const status = `/proc/${pid}/status`;
  return !existsSync(status) || /^State:\s+Z/m.test(readFileSync(status, 'utf8'));
};

beforeAll(async () => {
  await prepareAssembly({ root: ROOT, stage: 'local' });
}, 120_000);

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

describe('start.ts', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'serves, says so in one line, and leaves no process after %s',
    async (signal) => {
      const stack = start({});
      const url = await ready(stack);
      expect(stack.lines.filter((line) => line.startsWith('ready '))).toHaveLength(1);
      expect(stack.lines.at(-1)).toMatch(/^ready http:\/\/127\.0\.0\.1:\d+$/);
      const response = await fetch(`${url}/v1/health`);
      expect(response.status).toBe(200);

      const started = childrenOf(stack.child.pid ?? 0);
      expect(started).toHaveLength(2);
      stack.child.kill(signal);
      await expect(stack.end).resolves.toBe(0);
      await waitUntil(() => started.every(isGone), 'its children are gone');
      expect(stack.errors).toStrictEqual([]);
    },
  );

  it('leaves no process when it is killed', async () => {
    const stack = start({});
    await ready(stack);
    const started = childrenOf(stack.child.pid ?? 0);
    expect(started).toHaveLength(2);
    stack.child.kill('SIGKILL');
    await stack.end;
    await waitUntil(() => started.every(isGone), 'its children are gone');
  });

  it('ends with a message when the DynamoDB engine dies', async () => {
    const stack = start({});
    await ready(stack);
    const isEngine = (pid: number): boolean => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('dynoxide');
    const engine = childrenOf(stack.child.pid ?? 0).find(isEngine);
    process.kill(engine ?? 0, 'SIGKILL');
    await expect(stack.end).resolves.toBe(1);
    expect(stack.errors.join('\n')).toBe('The local dynamodb was ended by SIGKILL.');
  });

  it('opens demo accounts on new data, says what they are once, and lets them in', async () => {
    const directory = { LOCAL_DATA_DIRECTORY: temporaryDirectory() };
    const first = start(directory, []);
    const url = await ready(first, 60_000);
    const rows = first.lines.flatMap((line) =>
      line.startsWith('│ demo-') ? [line.split('│').map((cell) => cell.trim())] : [],
    );
    expect(rows.map(([, name, , key, balance]) => [name, key, balance])).toEqual([
      ['demo-ann', expect.stringMatching(/^[A-Z2-7]{32}$/), '50000 TWD, 1000 USDT, 0.05 BTC'],
      ['demo-bob', expect.stringMatching(/^[A-Z2-7]{32}$/), '10000 TWD, 0.5 ETH'],
    ]);
    for (const [, loginName = '', password = ''] of rows) {
      const response = await fetch(`${url}/v1/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ loginName, password: digestOf(password) }),
      });
      const user = { username: loginName, is2FA: true, isKyc: true, userStatus: 1 };
      expect(await response.json()).toMatchObject({ code: 1, data: user });
    }
    first.child.kill('SIGTERM');
    await first.end;
    const second = start(directory, []);
    await ready(second);
    expect(second.lines.filter((line) => line.includes('demo-'))).toEqual([]);
  }, 90_000);

  it.each(['PORT', 'ADMIN_PORT'])('says plainly that the port of %s is taken', async (variable) => {
    const server = createServer();
    const port = await listen(server, 0, 'PORT');
    const stack = start({ [variable]: String(port) });
    await expect(stack.end).resolves.toBe(1);
    expect(stack.errors).toStrictEqual([expect.stringContaining(`Port ${port} of 127.0.0.1 is taken.`)]);
    expect(stack.errors[0]).toContain(`${variable}=${port + 10} npm start`);
    server.close();
    await once(server, 'close');
  });

  it('says plainly that DYNAMODB_ENDPOINT answers nothing', async () => {
    const stack = start({ DYNAMODB_ENDPOINT: `http://127.0.0.1:${await freePort()}` });
    await expect(stack.end).resolves.toBe(1);
    expect(stack.errors.join('\n')).toMatch(/^Nothing answers at .*DYNAMODB_ENDPOINT/);
  });

  it('uses the DynamoDB of DYNAMODB_ENDPOINT in place of the engine', async () => {
    const first = start({});
    await ready(first);
    const [engine] = childrenOf(first.child.pid ?? 0).map((pid) =>
      readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0'),
    );
    const port = engine?.[engine.indexOf('--port') + 1] ?? '';
    const second = start({ DYNAMODB_ENDPOINT: `http://127.0.0.1:${port}` });
    const url = await ready(second);
    expect(childrenOf(second.child.pid ?? 0)).toStrictEqual([]);
    const response = await fetch(`${url}/v1/captcha/image`);
    expect(response.status).toBe(200);
  });
});
