import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { deviationsIn, mapProblems } from '../support/security-map/rules.ts';
import { rowsUnder, tablesOf } from '../support/security-map/tables.ts';
import { testTitlesOf } from '../support/security-map/test-titles.ts';

const ROOT = join(import.meta.dirname, '../..');

const standard = z.object({
  requirements: z.array(z.object({ id: z.string(), level: z.int(), about: z.string() })),
});

const { requirements } = standard.parse(JSON.parse(readFileSync(join(import.meta.dirname, 'asvs-5.0.0.json'), 'utf8')));
const page = readFileSync(join(ROOT, 'docs/security.md'), 'utf8');
const rows = rowsUnder(page, 'Requirement');

const titlesOf = (file: string): readonly string[] | undefined =>
  existsSync(join(ROOT, file)) ? testTitlesOf(readFileSync(join(ROOT, file), 'utf8')) : undefined;

describe('the map of the standard', () => {
  it('has every requirement once, and for each a test that exists or a reason', () => {
    expect(mapProblems(rows, requirements, titlesOf)).toEqual([]);
  });

  it('owns up to its deviations in one list', () => {
    const listed = /^Deviations: (.+)\.$/m.exec(page)?.[1]?.split(', ');
    expect(listed).toEqual(deviationsIn(rows));
  });

  it('is held against all of levels 1 and 2', () => {
    const count = (level: number) => requirements.filter((one) => one.level === level).length;
    expect([count(1), count(2), new Set(requirements.map(({ id }) => id)).size]).toEqual([23, 37, 60]);
  });
});

describe('a map', () => {
  const one = [{ id: '6.1.1', level: 1, about: 'something' }];
  const file = 'test/unit/a.test.ts';
  const titles = (name: string) => (name === file ? ['works', 'twice', 'twice'] : undefined);
  const row = (proof: string, label = '6.1.1 (L1)') => [label, 'this', 'so', proof];

  it.each([
    ['a test', row(`\`${file}\` › "works"`)],
    ['a reason', row('Deviation: clients send a hash, so nothing can be seen')],
    ['both', row(`\`${file}\` › "works"<br>Not applicable: there is nothing to apply it to`)],
  ])('with %s is in order', (_what, good) => {
    expect(mapProblems([good], one, titles)).toEqual([]);
  });

  it.each([
    ['a missing requirement', [], '6.1.1 (L1) is missing: something'],
    ['one listed twice', [row(`\`${file}\` › "works"`), row(`\`${file}\` › "works"`)], '6.1.1 (L1) is listed 2 times'],
    ['an unknown one', [row(`\`${file}\` › "works"`, '6.9.9 (L2)')], '6.9.9 (L2) is no requirement'],
    ['a wrong level', [row(`\`${file}\` › "works"`, '6.1.1 (L2)')], '6.1.1 (L2) is no requirement'],
    ['neither test nor reason', [row('')], 'has neither a test nor a reason in: (nothing)'],
    ['prose for a proof', [row('We are careful.')], 'has neither a test nor a reason in: We are careful.'],
    ['a reason that says nothing', [row('Deviation: later')], 'gives no reason that says anything'],
    ['a file that is not there', [row('`test/unit/b.test.ts` › "works"')], 'names test/unit/b.test.ts, which is no'],
    ['a file that jest does not run', [row('`test/support/a.ts` › "works"')], 'test/support/a.ts, which is no test'],
    ['a title that is not there', [row(`\`${file}\` › "worked"`)], 'does not have, or does not always run: worked'],
    ['a title that is there twice', [row(`\`${file}\` › "twice"`)], 'has 2 times: twice'],
    ['one sound and one broken test', [row(`\`${file}\` › "works"<br>\`${file}\` › "x"`)], 'always run: x'],
    ['no words of its own', [['6.1.1 (L1)', '', 'so', `\`${file}\` › "works"`]], 'does not say what it asks'],
  ])('with %s is reported', (_what, broken, problem) => {
    expect(mapProblems(broken, one, titles).join('\n')).toContain(problem);
  });
});

describe('the titles of tests', () => {
  it('are read from the source, and only those of tests that run', () => {
    const source = `
      describe('outer', () => {
        it('plain', () => {});
        test("double", async () => {});
        it.each([['a']])('each %s', () => {});
        it.each\`a\`('tagged $a', () => {});
        it(\`template\`, () => {});
        it(\`template \${1}\`, () => {});
        it.skip('skipped', () => {});
        it.todo('to do');
        xit('x', () => {});
        describe.each([1])('inner %s', () => { it('nested', () => { const it = 'string'; }); });
        describe.skip('not now', () => { it('in a skipped block', () => {}); });
      });
      (hasTool ? describe : describe.skip)('sometimes', () => { it('where the tool is', () => {}); });
      // it('in a comment', () => {});
      const text = "it('in a string', () => {})";
    `;
    expect(testTitlesOf(source)).toEqual(['plain', 'double', 'each %s', 'tagged $a', 'template', 'nested']);
  });
});

describe('the tables of a page', () => {
  it('are read with their cells, bars in them too', () => {
    expect(tablesOf('text\n\n| A | B |\n| --- | --- |\n| 1 | a \\| b |\n\n| C |\n|---|\n')).toEqual([
      { header: ['A', 'B'], rows: [['1', 'a | b']] },
      { header: ['C'], rows: [] },
    ]);
  });
});
