import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { openApiDocument } from '../shared/contracts/openapi/document.ts';
import { ENDPOINTS } from '../shared/contracts/registry.ts';

const TARGET = new URL('../docs/openapi.json', import.meta.url);
const MANIFEST = new URL('../package.json', import.meta.url);

const manifest = z.object({ version: z.string() });

/** The text of `docs/openapi.json` as the contracts have it now. */
export const renderOpenApi = (): string => {
  const { version } = manifest.parse(JSON.parse(readFileSync(MANIFEST, 'utf8')));
  return `${JSON.stringify(openApiDocument(ENDPOINTS, version), null, 2)}\n`;
};

/** The first line in which two texts differ, counted from 1; 0 where they do not. */
export const firstDifference = (one: string, other: string): number => {
  const [lines, others] = [one.split('\n'), other.split('\n')];
  const longer = lines.length > others.length ? lines : others;
  return longer.findIndex((_, index) => lines[index] !== others[index]) + 1;
};

/** Compares the committed document with the contracts; returns what to do where they differ. */
export const checkOpenApi = (committed: string): string | undefined => {
  const line = firstDifference(committed, renderOpenApi());
  if (line === 0) return undefined;
  return `docs/openapi.json is not what the contracts say: they differ from line ${line} on. Run "node infra/openapi.ts" and commit the file with the contract.`;
};

const main = (): void => {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  if (!values.check) {
    writeFileSync(TARGET, renderOpenApi());
    process.stdout.write('Wrote docs/openapi.json.\n');
    return;
  }
  const complaint = checkOpenApi(readFileSync(TARGET, 'utf8'));
  if (complaint === undefined) return;
  process.stderr.write(`${complaint}\n`);
  process.exitCode = 1;
};

if (import.meta.main) main();
