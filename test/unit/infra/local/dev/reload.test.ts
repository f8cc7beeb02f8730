import { existsSync, globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildFunctions } from '../../../../../infra/build.ts';
import { type Reload, startReload } from '../../../../../infra/local/dev/reload.ts';
import { readApplication } from '../../../../../infra/local/template/application.ts';
import { createFunctions, type Functions } from '../../../../../infra/local/workers/functions.ts';
import { readFileSync } from 'node:fs';
import { temporaryDirectory, writeFixtureAssembly } from '../fixture-assembly.ts';

const endpoints = { dynamodb: 'http://d', kms: 'http://kms', s3: 'http://s3', ses: 'http://ses', sns: 'http://sns' };

const answering = (text: string): string =>
  `import { suffix } from '../../shared/suffix.ts';
  export const handler = async ({ waitMs = 0 }: { waitMs?: number }) => {
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    return '${text}' + suffix;
  };`;

let root: string;
let functions: Functions;
let reload: Reload;
let lines: string[];

const save = (path: string, source: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), source);
};

const invoke = async (name: string, event: object = {}): Promise<unknown> => {
  const invocation = await functions.invoke(`fixture-${name}`, {
    event: JSON.stringify(event),
    requestId: 'r',
    traceId: 'Root=1-a-b',
  });
  return invocation.kind === 'payload' ? JSON.parse(invocation.payload) : invocation;
};

const until = async (holds: () => Promise<boolean> | boolean): Promise<void> => {
  const deadline = performance.now() + 10_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`Waited too long. Lines: ${lines.join('\n')}`);
    await sleep(20);
  }
};

const saw = (text: string) => () => lines.some((line) => line.includes(text));

beforeEach(async () => {
  root = temporaryDirectory();
  lines = [];
  save('package.json', '{"type":"module"}');
  save('infra/app.ts', '');
  save('shared/suffix.ts', "export const suffix = '!';");
  save('functions/a/one.ts', answering('one'));
  save('functions/a/two.ts', answering('two'));
  await buildFunctions(root);
  const bundle = (name: string) => ({
    source: readFileSync(join(root, 'build/functions/a', name, 'index.js'), 'utf8'),
  });
  const assembly = writeFixtureAssembly({ 'a-one': bundle('one'), 'a-two': bundle('two'), fallback: bundle('one') });
  const application = readApplication(assembly);
  functions = createFunctions({ definitions: application.functions, endpoints, log: () => {} });
  reload = await startReload({
    root,
    stack: { application, serveFrom: functions.serveFrom },
    functionName: (id) => `fixture-${id.replace('.', '-')}`,
    log: (line) => lines.push(line),
  });
});

afterEach(async () => {
  await reload.stop();
  await functions.stop();
  rmSync(root, { recursive: true });
});

describe('saving a file', () => {
  it('changes nothing by itself at the start', async () => {
    expect(lines).toStrictEqual([]);
    await expect(invoke('a-one')).resolves.toBe('one!');
  });

  it('serves the next request from a handler’s new code, and leaves the others alone', async () => {
    await Promise.all([invoke('a-one'), invoke('a-two')]);
    save('functions/a/one.ts', answering('uno'));
    await until(async () => (await invoke('a-one')) === 'uno!');
    await expect(invoke('a-two')).resolves.toBe('two!');
    expect(lines).toStrictEqual([expect.stringMatching(/^serving anew after \d+ ms: a\.one$/)]);
    expect(functions.workers()).toBe(2);
  });

  it('reaches every function that a shared file is part of', async () => {
    save('shared/suffix.ts', "export const suffix = '?';");
    await until(async () => (await invoke('a-one')) === 'one?');
    await expect(invoke('a-two')).resolves.toBe('two?');
    expect(lines).toStrictEqual([expect.stringMatching(/: a\.one, a\.two$/)]);
  });

  it('lets an invocation under way end with the old code, and retires its worker', async () => {
    const slow = invoke('a-one', { waitMs: 1_500 });
    await sleep(100);
    save('functions/a/one.ts', answering('uno'));
    await until(async () => (await invoke('a-one')) === 'uno!');
    await expect(slow).resolves.toBe('one!');
    await until(() => functions.workers() === 1);
    await expect(invoke('a-one')).resolves.toBe('uno!');
  });

  it('prints what is wrong with broken code, and keeps the old code until it is mended', async () => {
    save('functions/a/one.ts', 'export const handler = async ( => "broken";');
    await until(saw('The code from before goes on serving.'));
    expect(lines.join('\n')).toContain('functions/a/one.ts:1:');
    await expect(invoke('a-one')).resolves.toBe('one!');
    save('functions/a/one.ts', answering('mended'));
    await until(async () => (await invoke('a-one')) === 'mended!');
  });

  it('tells that a new function needs a start', async () => {
    save('functions/b/three.ts', answering('three'));
    await until(saw('Not in the template yet: b.three. Start again'));
  });

  it.each(['infra/app.ts', 'shared/contracts/endpoints.ts'])('tells that %s makes the template', async (path) => {
    save(path, 'export const changed = 1;');
    await until(saw(`${path} changed. Routes, grants and environment come from the template`));
  });

  it('leaves nothing behind at the end', async () => {
    save('functions/a/one.ts', answering('uno'));
    await until(async () => (await invoke('a-one')) === 'uno!');
    expect(globSync('build/dev-*', { cwd: root })).toHaveLength(1);
    await reload.stop();
    expect(globSync('build/dev-*', { cwd: root })).toStrictEqual([]);
    expect(existsSync(join(root, 'build'))).toBe(true);
  });
});
