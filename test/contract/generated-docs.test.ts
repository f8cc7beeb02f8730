import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { complaintAbout } from '../../infra/docs/derived.ts';
import { GENERATED_PAGES } from '../../infra/generated-docs.ts';

const ROOT = join(import.meta.dirname, '../..');

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

describe.each(GENERATED_PAGES.files)('docs/$name', ({ name }) => {
  it('is what the code says', () => {
    expect(complaintAbout(GENERATED_PAGES, name, read(`docs/${name}`))).toBeUndefined();
  });

  it('would be found to differ in one word', () => {
    const changed = read(`docs/${name}`).replace('Generated', 'Written');
    expect(complaintAbout(GENERATED_PAGES, name, changed)).toContain('from line 3 on. Run "npm run docs"');
  });
});

describe('what documents name', () => {
  it.each(['security.md', 'runbooks.md', 'retention.md', 'who-can-decrypt.md'])(
    'is there: tests in docs/%s',
    (name) => {
      const tests = read(`docs/${name}`).match(/test\/[\w/-]+\.test\.ts/g) ?? [];
      expect(tests.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    },
  );
});
