import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { retentionPage } from './docs/retention.ts';
import { stagesPage } from './docs/stages.ts';
import { whoCanDecryptPage } from './docs/who-can-decrypt.ts';
import { firstDifference } from './openapi.ts';

const PAGES = {
  'who-can-decrypt.md': whoCanDecryptPage,
  'retention.md': retentionPage,
  'stages.md': stagesPage,
} as const;

type PageName = keyof typeof PAGES;

const isPage = (name: string): name is PageName => Object.hasOwn(PAGES, name);

export const GENERATED_PAGES: readonly PageName[] = Object.keys(PAGES).filter(isPage);

const fileOf = (name: PageName): URL => new URL(`../docs/${name}`, import.meta.url);

/** Compares a committed page with the code; returns what to do where they differ. */
export const checkPage = (name: PageName, committed: string): string | undefined => {
  const line = firstDifference(committed, PAGES[name]());
  if (line === 0) return undefined;
  return `docs/${name} is not what the code says: they differ from line ${line} on. Run "npm run docs" and commit the file.`;
};

const main = (): void => {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  for (const name of GENERATED_PAGES) {
    if (!values.check) {
      writeFileSync(fileOf(name), PAGES[name]());
      process.stdout.write(`Wrote docs/${name}.\n`);
      continue;
    }
    const difference = checkPage(name, readFileSync(fileOf(name), 'utf8'));
    if (difference === undefined) continue;
    process.stderr.write(`${difference}\n`);
    process.exitCode = 1;
  }
};

if (import.meta.main) main();
