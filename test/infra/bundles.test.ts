import { globSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { build, type Metafile } from 'esbuild';
import { bundleOptions } from '../../infra/build.ts';
import { ROOT } from '../../infra/bundles.ts';
import { ENDPOINTS } from '../../shared/contracts/registry.ts';

/** What the build would put into bundles, by function id: every file that leaves at least a byte there. */
let contents: ReadonlyMap<string, readonly string[]>;

const idOf = (bundle: string): string => bundle.replace(/^build\/functions\/(.+)\/index\.js$/, '$1').replace('/', '.');

const filesOf = ({ inputs }: Metafile['outputs'][string]): readonly string[] =>
  Object.keys(inputs).filter((file) => (inputs[file]?.bytesInOutput ?? 0) > 0);

beforeAll(async () => {
  const functions = globSync('functions/*/*.ts', { cwd: ROOT });
  const { metafile } = await build(bundleOptions(ROOT, functions));
  contents = new Map(Object.entries(metafile.outputs).map(([bundle, output]) => [idOf(bundle), filesOf(output)]));
});

const contractOf = (id: string): string => `shared/contracts/endpoints/${id.replace('.', '/')}.ts`;

describe('a bundle', () => {
  it('holds what validates, and nothing that writes JSON Schema or speaks other languages', () => {
    const all = [...contents.values()].flat();
    expect(all.some((file) => file.includes('zod/v4/mini/'))).toBe(true);
    const heavy = all.filter((file) => /zod\/v4\/(?:classic|locales)\/|zod\/.*json-schema/.test(file));
    expect(new Set(heavy)).toEqual(new Set());
  });

  it('evaluates no contract but its own', () => {
    const contracts = new Set(ENDPOINTS.map(({ id }) => contractOf(id)));
    const held = ENDPOINTS.map(({ id }) => [id, contents.get(id)?.filter((file) => contracts.has(file))]);
    expect(held).toEqual(ENDPOINTS.map(({ id }) => [id, [contractOf(id)]]));
  });

  it('holds the common passwords only where a password is set', () => {
    const file = 'shared/identity/common-password-digests.ts';
    const holders = [...contents].filter(([, files]) => files.includes(file)).map(([id]) => id);
    expect(holders.toSorted()).toEqual(['account.change-password', 'account.forget-password', 'auth.register']);
  });
});
