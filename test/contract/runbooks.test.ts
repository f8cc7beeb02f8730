import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { COMMANDS } from '../../infra/admin/commands.ts';
import { ROOT } from '../../infra/bundles.ts';
import { CODES } from '../../shared/contracts/codes/catalogue.ts';
import { JOBS } from '../../shared/contracts/jobs.ts';
import { ENDPOINTS } from '../../shared/contracts/registry.ts';
import { LOG_MESSAGES } from '../../shared/platform/log-messages.ts';
import { blocksOf, runbookChapters } from '../support/runbooks.ts';

const chapters = runbookChapters();

const queries = chapters.flatMap((chapter) =>
  blocksOf(chapter, 'logs').map((query) => ({ chapter: chapter.anchor, query })),
);

/** The fields of a log line, as its type declares them. */
const FIELDS = [
  ...readFileSync(join(ROOT, 'shared/platform/log-messages.ts'), 'utf8').matchAll(/readonly (\w+)\??:/g),
].map(([, name = '']) => name);

const WORDS = 'fields filter sort limit stats count pct max by as bin desc and or in'.split(' ');

/** Fields that a query names: what is no string, no number, no word of the language and no name given in it. */
const fieldsIn = (query: string): readonly string[] => {
  const bare = query.replaceAll(/"[^"]*"/g, '').replaceAll(/\d+[mh]\b/g, '');
  const given = new Set([...bare.matchAll(/\bas (\w+)/g)].map(([, name]) => name));
  return [...bare.matchAll(/@?[a-zA-Z]\w*(?:\.\w+)*/g)]
    .map(([name]) => name)
    .filter((name) => !given.has(name) && !WORDS.includes(name));
};

/** The values that a query compares a field with. */
const valuesOf = (query: string, field: string): readonly string[] =>
  [...query.matchAll(new RegExp(`\\b${field} (?:=|in) (\\[[^\\]]*\\]|"[^"]*")`, 'g'))].flatMap(([, values = '']) =>
    [...values.matchAll(/"([^"]*)"/g)].map(([, value = '']) => value),
  );

describe('the queries of the runbooks', () => {
  it('are there', () => {
    expect(queries.length).toBeGreaterThan(10);
  });

  it.each(queries)('of $chapter name fields that lines have: $query', ({ query }) => {
    const known = new Set([...FIELDS, '@timestamp', '@type', '@initDuration', 'message']);
    expect(fieldsIn(query).filter((name) => !known.has(name.split('.')[0] ?? ''))).toEqual([]);
  });

  it.each(queries)('of $chapter look for what is logged: $query', ({ query }) => {
    expect(valuesOf(query, 'message').filter((value) => !Object.hasOwn(LOG_MESSAGES, value))).toEqual([]);
    expect(valuesOf(query, 'outcome').filter((value) => !Object.hasOwn(CODES, value))).toEqual([]);
    const functions = new Set<string>([...ENDPOINTS, ...JOBS].map(({ id }) => id));
    expect(valuesOf(query, 'endpoint').filter((value) => !functions.has(value))).toEqual([]);
  });

  it('are held to this: an unknown field is found', () => {
    expect(fieldsIn('filter colour = "REQUEST" | stats count() as lines by bin(5m), report.items')).toEqual([
      'colour',
      'report.items',
    ]);
  });
});

describe('the commands of the runbooks', () => {
  const called = chapters.flatMap(({ text }) =>
    [...text.matchAll(/npm run admin -- ([a-z][^\n`]*)/g)].map(([, line = '']) => line),
  );

  it.each(called)('npm run admin -- %s', (line) => {
    expect(COMMANDS.filter(({ name }) => line === name || line.startsWith(`${name} `))).toHaveLength(1);
  });
});
