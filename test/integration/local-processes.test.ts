import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROOT } from '../../infra/bundles.ts';
import { prepareAssembly } from '../../infra/local/prepare/prepare.ts';
import { temporaryDirectory } from '../unit/infra/local/fixture-assembly.ts';

const lines: string[] = [];
let child: ChildProcess;

const until = async (holds: () => boolean): Promise<void> => {
  const deadline = performance.now() + 20_000;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`Waited too long. Lines:\n${lines.join('\n')}`);
    await sleep(20);
  }
};

/** The processes of functions that the stack has started, as Linux keeps them. */
const functionProcesses = (): readonly number[] => {
  const file = `/proc/${child.pid}/task/${child.pid}/children`;
  const pids = existsSync(file) ? readFileSync(file, 'utf8').trim().split(' ').filter(Boolean).map(Number) : [];
  return pids.filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('lambda-runtime.mjs'));
};

const isGone = (pid: number): boolean => {
  const status = `/proc/${pid}/status`;
  return !existsSync(status) || /^State:\s+Z/m.test(readFileSync(status, 'utf8'));
};

beforeAll(async () => {
  await prepareAssembly({ root: ROOT, stage: 'local' });
  child = spawn(process.execPath, [join('infra', 'local', 'start.ts'), '--empty'], {
    cwd: ROOT,
    env: {
      ...process.env,
      PORT: '0',
      ADMIN_PORT: '0',
      LOCAL_DATA_DIRECTORY: temporaryDirectory(),
      FUNCTIONS_AS: 'processes',
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if (child.stdout !== null) createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  await until(() => lines.some((line) => line.startsWith('ready ')) || child.exitCode !== null);
}, 120_000);

afterAll(() => {
  child.kill('SIGKILL');
});

describe('FUNCTIONS_AS=processes npm start', () => {
  it('runs each function in a process, and leaves none when the stack is killed', async () => {
    const url = lines.find((line) => line.startsWith('ready '))?.slice('ready '.length);
    for (const path of ['/v1/health', '/v1/time']) expect((await fetch(`${url}${path}`)).status).toBe(200);
    const running = functionProcesses();
    expect(running).toHaveLength(2);
    child.kill('SIGKILL');
    await until(() => running.every(isGone));
  });
});
