import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { buildFunctions } from '../../infra/build.ts';
import { bundleOf } from '../../infra/bundles.ts';

const require = createRequire(import.meta.url);

let root: string;

const write = (path: string, contents: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), contents);
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'build-'));
  write('package.json', '{"type":"module"}');
  write('functions/auth/login.ts', `export const handler = async (name: string): Promise<string> => 'hello ' + name;`);
  write('functions/auth/captcha.ts', 'export const handler = (): number => 7;');
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

const load = (path: string): ((input: string) => unknown) =>
  z
    .object({ handler: z.custom<(input: string) => unknown>((value) => typeof value === 'function') })
    .parse(require(path)).handler;

describe('the build', () => {
  it('makes a folder for each function, with nothing in it but the bundle', async () => {
    expect(await buildFunctions(root)).toEqual(['build/functions/auth/captcha', 'build/functions/auth/login']);
    expect(readdirSync(bundleOf('auth.login', root)).sort()).toEqual(['index.js', 'package.json']);
  });

  it('makes CommonJS that runs where the package around it is ESM', async () => {
    await buildFunctions(root);
    expect(await load(join(bundleOf('auth.login', root), 'index.js'))('Ann')).toBe('hello Ann');
  });

  it('tells what went into which bundle', async () => {
    await buildFunctions(root);
    const metafile: unknown = JSON.parse(readFileSync(join(root, 'build/meta.json'), 'utf8'));
    const { outputs } = z.object({ outputs: z.record(z.string(), z.unknown()) }).parse(metafile);
    expect(Object.keys(outputs)).toContain('build/functions/auth/login/index.js');
  });

  it('removes the bundle of a function that is gone, and leaves unchanged ones untouched', async () => {
    await buildFunctions(root);
    const file = join(bundleOf('auth.login', root), 'index.js');
    const before = statSync(file).ino;
    rmSync(join(root, 'functions/auth/captcha.ts'));
    expect(await buildFunctions(root)).toEqual(['build/functions/auth/login']);
    expect(readdirSync(join(root, 'build/functions/auth'))).toEqual(['login']);
    expect(statSync(file).ino).toBe(before);
  });

  it('says where it looked when there is no function', async () => {
    rmSync(join(root, 'functions'), { recursive: true });
    await expect(buildFunctions(root)).rejects.toThrow(
      `No function to build: functions/<domain>/<operation>.ts in ${root}.`,
    );
  });

  it('is asked for when a bundle is missing', () => {
    expect(() => bundleOf('auth.login', root)).toThrow(
      `The function "auth.login" has no bundle in ${join(root, 'build/functions/auth/login')}. Run: npm run build`,
    );
  });
});
