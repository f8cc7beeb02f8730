import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { ROOT } from '../../infra/bundles.ts';
import { prepareAssembly } from '../../infra/local/prepare/prepare.ts';

/** Words that only the local stack has, and that minifying leaves alone. */
const LOCAL_WORDS = ['/_local', 'local-operator', 'dynoxide', 's3rver', 'aws-ses-v2-local'] as const;

const sourceFiles = globSync('functions/*/*.ts', { cwd: ROOT });
let bundles: readonly string[];

beforeAll(async () => {
  const assembly = await prepareAssembly({ root: ROOT, stage: 'local' });
  bundles = globSync('asset.*/index.js', { cwd: assembly }).map((file) => readFileSync(join(assembly, file), 'utf8'));
}, 120_000);

describe('the bundles that Lambda gets', () => {
  it('are there, one for each function', () => {
    expect(bundles.length).toBe(sourceFiles.length);
  });

  it.each(LOCAL_WORDS)('have nothing of the local stack: %s', (word) => {
    expect(bundles.filter((bundle) => bundle.includes(word))).toStrictEqual([]);
  });

  it.each(LOCAL_WORDS)('would be found to have it: %s is a word of the local stack', (word) => {
    const sources = globSync('infra/local/**/*.{ts,mjs}', { cwd: ROOT }).map((file) =>
      readFileSync(join(ROOT, file), 'utf8'),
    );
    expect(sources.some((source) => source.includes(word))).toBe(true);
  });
});
