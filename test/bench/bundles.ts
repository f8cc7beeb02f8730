import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildFunctions } from '../../infra/build.ts';
import { bundleOf } from '../../infra/bundles.ts';

const SOURCES = {
  bare: fileURLToPath(new URL('handlers/bare.ts', import.meta.url)),
  express: fileURLToPath(new URL('peers/express.mjs', import.meta.url)),
} as const;

const PEERS = dirname(SOURCES.express);

/** Bundles to compare with, made by the build of the product. */
export interface ComparisonBundles {
  readonly bare: string;
  /** Undefined where the peers are not installed. */
  readonly express: string | undefined;
  readonly remove: () => void;
}

/** The size of a function's bundle, in bytes. */
export const sizeOf = (bundle: string): number => statSync(bundle).size;

export const arePeersInstalled = (): boolean => existsSync(join(PEERS, 'node_modules', 'express'));

/** Builds them in a folder of their own: each entry only hands on a source of this folder. */
export const buildComparisons = async (): Promise<ComparisonBundles> => {
  const root = mkdtempSync(join(tmpdir(), 'bench-bundles-'));
  const folder = join(root, 'functions', 'bench');
  mkdirSync(folder, { recursive: true });
  const names = arePeersInstalled() ? (['bare', 'express'] as const) : (['bare'] as const);
  for (const name of names) {
    writeFileSync(join(folder, `${name}.ts`), `export { handler } from ${JSON.stringify(SOURCES[name])};\n`);
  }
  await buildFunctions(root);
  const bundle = (name: string): string => join(bundleOf(`bench.${name}`, root), 'index.js');
  return {
    bare: bundle('bare'),
    express: arePeersInstalled() ? bundle('express') : undefined,
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
};
