import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { fingerprintOf } from '../../../../../infra/local/prepare/fingerprint.ts';
import { prepareAssembly } from '../../../../../infra/local/prepare/prepare.ts';
import { temporaryDirectory } from '../fixture-assembly.ts';

let root: string;

const write = (path: string, content: string): void => writeFileSync(join(root, path), content);

const runs = (): number => readFileSync(join(root, 'runs'), 'utf8').length;

/** Counts its runs, and writes what it was given. */
const APP = `
  import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
  appendFileSync('runs', '.');
  mkdirSync(process.env.CDK_OUTDIR);
  writeFileSync(process.env.CDK_OUTDIR + '/context', process.env.CDK_CONTEXT_JSON);
`;

beforeEach(() => {
  root = temporaryDirectory();
  for (const folder of ['functions', 'shared', 'infra/local']) mkdirSync(join(root, folder), { recursive: true });
  write('cdk.json', JSON.stringify({ context: { flag: true } }));
  write('package-lock.json', '{}');
  write('package.json', '{"type":"module"}');
  write('tsconfig.json', '{}');
  write('functions/one.ts', 'export const one = 1;');
  write('infra/build.ts', '');
  write('infra/app.ts', APP);
});

describe('fingerprintOf', () => {
  it('changes with the contents and names of sources, and not with the local stack', () => {
    const first = fingerprintOf(root);
    write('infra/local/stack.ts', 'anything');
    expect(fingerprintOf(root)).toBe(first);
    write('functions/one.ts', 'export const one = 2;');
    const second = fingerprintOf(root);
    expect(second).not.toBe(first);
    write('shared/new.ts', '');
    expect(fingerprintOf(root)).not.toBe(second);
  });
});

describe('prepareAssembly', () => {
  it('gives the app what the CLI would', async () => {
    const directory = await prepareAssembly({ root, stage: 'local' });
    expect(JSON.parse(readFileSync(join(directory, 'context'), 'utf8'))).toStrictEqual({
      flag: true,
      stage: 'local',
      'aws:cdk:enable-asset-metadata': true,
      'aws:cdk:enable-path-metadata': true,
    });
  });

  it('runs once for the same sources, whoever asks, and again for others', async () => {
    const ask = () => prepareAssembly({ root, stage: 'local' });
    const [first, second] = await Promise.all([ask(), ask()]);
    expect(second).toBe(first);
    await ask();
    expect(runs()).toBe(1);
    write('functions/one.ts', 'export const one = 3;');
    await expect(ask()).resolves.not.toBe(first);
    expect(runs()).toBe(2);
  });

  it('runs again when sources change while it runs', async () => {
    write('infra/build.ts', `import { appendFileSync } from 'node:fs'; appendFileSync('functions/one.ts', '//');`);
    const settle = `if (readFileSync('functions/one.ts', 'utf8').endsWith('////')) writeFileSync('infra/build.ts', '');`;
    write('infra/app.ts', APP.replace('writeFileSync }', 'readFileSync, writeFileSync }') + settle);
    const directory = await prepareAssembly({ root, stage: 'local' });
    expect(directory).toContain(fingerprintOf(root));
    expect(runs()).toBe(3);
  });

  it('keeps the assemblies of running stacks, but not for ever', async () => {
    for (let version = 0; version < 7; version += 1) {
      write('functions/one.ts', `export const one = ${version};`);
      await prepareAssembly({ root, stage: 'local' });
    }
    expect(readdirSync(join(root, 'build', 'assembly'))).toHaveLength(5);
  });

  it('shows what a failing build printed, and leaves no lock', async () => {
    write('infra/build.ts', 'console.error("no such import"); process.exit(3);');
    await expect(prepareAssembly({ root, stage: 'local' })).rejects.toThrow(
      /infra\/build\.ts ended with code 3:\nno such import/,
    );
    expect(existsSync(join(root, 'build', 'assembly', 'lock'))).toBe(false);
  });
});
