import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { ROOT } from '../../infra/bundles.ts';
import { ENUMS } from '../../shared/contracts/enums.ts';
import { blockOf, type InstalledClient, installClient } from '../support/client-build.ts';

const run = promisify(execFile);

const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

/** As strict as a user may be, and without the types of this repository. */
const settings = (lib: readonly string[], types: readonly string[]) => ({
  compilerOptions: {
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    noEmit: true,
    target: 'es2022',
    module: 'nodenext',
    lib,
    types,
    typeRoots: [join(ROOT, 'node_modules/@types')],
  },
  files: ['program.ts'],
});

describe('the build of the client', () => {
  let installed: InstalledClient;
  let code: string;

  beforeAll(async () => {
    installed = await installClient();
    code = readFileSync(join(installed.client, 'index.js'), 'utf8');
  });
  afterAll(() => installed.remove());

  const compile = async (program: string, lib: readonly string[], types: readonly string[] = []): Promise<string> => {
    writeFileSync(join(installed.folder, 'program.ts'), program);
    writeFileSync(join(installed.folder, 'package.json'), '{"type":"module"}');
    writeFileSync(join(installed.folder, 'tsconfig.json'), JSON.stringify(settings(lib, types)));
    const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
    return run(process.execPath, [compiler, '-p', installed.folder]).then(
      () => '',
      (error: unknown) => String(Reflect.get(Object(error), 'stdout')),
    );
  };

  it('is one small module that imports nothing', () => {
    expect(installed.files.filter((file) => file.endsWith('.js'))).toEqual(['index.js']);
    expect(code).not.toMatch(/\bimport\b|\brequire\b|\bprocess\b|\bBuffer\b|zod/);
    expect(code.length).toBeLessThan(12_500);
    expect(gzipSync(code).length).toBeLessThan(5200);
  });

  it('has declarations that need nothing but each other', () => {
    for (const file of installed.files.filter((name) => name.endsWith('.d.ts'))) {
      const imports = [...readFileSync(join(installed.client, file), 'utf8').matchAll(/from '([^']+)'/g)];
      const names = imports.map(([, name = '']) => name.replace(/^\.\/(\w+)\.js$/, 'types/$1.d.ts'));
      expect(installed.files).toEqual(expect.arrayContaining(names));
    }
  });

  it('takes the example of the README, as strictly as a compiler can look', async () => {
    const example = blockOf(README, '## Call it from a program', 'ts');
    expect(await compile(example, ['es2022'], ['node'])).toBe('');
  });

  it('is typed for pages, and refuses there what the contracts refuse', async () => {
    const program = `
      import { createClient } from 'bitgin-client';
      const client = createClient({ baseUrl: 'https://api.example.com', cookies: true });
      const balance = await client.call('wallet.balance', { query: { currency: 'TWD' } });
      export const total: string | null = balance.ok ? balance.data.total : null;
    `;
    expect(await compile(program, ['es2022', 'dom', 'dom.iterable'])).toBe('');
    const wrong = await compile(program.replace("'TWD'", "'XYZ'"), ['es2022', 'dom', 'dom.iterable']);
    expect(wrong).toContain('"XYZ"');
  });

  it('has the reference’s numbers by name, in its code and in its types', async () => {
    const built: unknown = await import(pathToFileURL(join(installed.client, 'index.js')).href);
    expect(built).toMatchObject({ ...ENUMS });
    const program = `
      import { createClient, KycImageType, UserStatus, type ValueOf } from 'bitgin-client';
      const client = createClient({ baseUrl: 'https://api.example.com', cookies: true });
      const user = await client.call('account.user');
      export const locked: boolean = user.ok && user.data.userStatus === UserStatus.LOCKED;
      export const selfie: 3 = KycImageType.ID_SELFIE;
      export const every: readonly ValueOf<typeof UserStatus>[] = Object.values(UserStatus);
    `;
    expect(await compile(program, ['es2022', 'dom', 'dom.iterable'])).toBe('');
    const wrong = await compile(program.replace('UserStatus.LOCKED', '2'), ['es2022', 'dom', 'dom.iterable']);
    expect(wrong).toContain('TS2367');
  });

  it('runs on its own', async () => {
    const program = `
      import { createClient } from 'bitgin-client';
      const fetch = async () => new Response('{"code":1,"msg":null,"time":1,"data":{"total":0.10}}');
      const client = createClient({ baseUrl: 'https://api.example.com', apiKey: 'k', secret: 's', fetch });
      process.stdout.write(JSON.stringify(await client.call('wallet.balance')));
    `;
    writeFileSync(join(installed.folder, 'program.mjs'), program);
    const { stdout } = await run(process.execPath, [join(installed.folder, 'program.mjs')]);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, data: { total: '0.10' } });
  });
});
