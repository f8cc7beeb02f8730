import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { ROOT } from '../../infra/bundles.ts';
import { NEEDED_TO_START } from '../support/checkout.ts';
import { temporaryDirectory } from '../unit/infra/local/fixture-assembly.ts';

const HANDLER = join('functions', 'service', 'health.ts');

const captcha = z.object({ data: z.object({ captchaId: z.string() }) });

let root: string;
let child: ChildProcess;
let url: string;
const lines: string[] = [];

const until = async (holds: () => Promise<boolean> | boolean, timeoutMs = 50_000): Promise<void> => {
  const deadline = performance.now() + timeoutMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`Waited too long. Lines:\n${lines.join('\n')}`);
    await sleep(50);
  }
};

const get = async (path: string): Promise<string> => (await fetch(`${url}${path}`)).text();

beforeAll(async () => {
  root = temporaryDirectory();
  for (const path of NEEDED_TO_START) cpSync(join(ROOT, path), join(root, path), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  child = spawn(process.execPath, [join('infra', 'local', 'dev.ts')], {
    cwd: root,
    env: { ...process.env, PORT: '0', ADMIN_PORT: '0', LOCAL_DATA_DIRECTORY: temporaryDirectory() },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const input of [child.stdout, child.stderr]) {
    if (input !== null) createInterface({ input }).on('line', (line) => lines.push(line));
  }
  const ready = (): string | undefined => lines.find((line) => line.startsWith('ready '));
  await until(() => ready() !== undefined || child.exitCode !== null, 100_000);
  url = ready()?.slice('ready '.length) ?? '';
}, 120_000);

afterAll(async () => {
  const end = new Promise((resolve) => {
    child.once('close', resolve);
  });
  if (child.exitCode === null) {
    child.kill('SIGTERM');
    await end;
  }
  rmSync(root, { recursive: true, force: true });
});

describe('npm run dev', () => {
  it('serves the next request from a saved handler, with the data of before', async () => {
    expect(lines.join('\n')).toContain('ready ');
    const { captchaId } = captcha.parse(JSON.parse(await get('/v1/captcha/image'))).data;
    await expect(get('/v1/health')).resolves.toContain('"status":"ok"');

    const source = readFileSync(join(root, HANDLER), 'utf8');
    expect(source).toContain("'ok'");
    writeFileSync(join(root, HANDLER), `${source}\nconsole.log('saved while it ran');\n`);
    await until(async () => {
      await get('/v1/health');
      return lines.includes('saved while it ran');
    });
    expect(lines.filter((line) => line.startsWith('serving anew'))).toStrictEqual([
      expect.stringMatching(/^serving anew after \d+ ms: service\.health$/),
    ]);
    await expect(get(`/_local/captcha/${captchaId}`)).resolves.toContain('"answer"');
    expect(lines.filter((line) => line.startsWith('ready '))).toHaveLength(1);
  });
});
