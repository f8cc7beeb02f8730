import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { openApiDocument, staffOpenApiDocument } from '../shared/contracts/openapi/document.ts';
import { ENDPOINTS } from '../shared/contracts/registry.ts';
import { STAFF_ENDPOINTS } from '../shared/contracts/staff/registry.ts';

/** The documents under `docs`, by the name of the file. */
const DOCUMENTS = {
  'openapi.json': (version: string) => openApiDocument(ENDPOINTS, version),
  'openapi-staff.json': (version: string) => staffOpenApiDocument(STAFF_ENDPOINTS, version),
} as const;

export type DocumentName = keyof typeof DOCUMENTS;

export const DOCUMENT_NAMES = ['openapi.json', 'openapi-staff.json'] as const satisfies readonly DocumentName[];

const fileOf = (name: DocumentName): URL => new URL(`../docs/${name}`, import.meta.url);

const MANIFEST = new URL('../package.json', import.meta.url);

const manifest = z.object({ version: z.string() });

/** The text of a document as the contracts have it now. */
export const renderOpenApi = (name: DocumentName): string => {
  const { version } = manifest.parse(JSON.parse(readFileSync(MANIFEST, 'utf8')));
  return `${JSON.stringify(DOCUMENTS[name](version), null, 2)}\n`;
};

/** The first line in which two texts differ, counted from 1; 0 where they do not. */
export const firstDifference = (one: string, other: string): number => {
  const [lines, others] = [one.split('\n'), other.split('\n')];
  const longer = lines.length > others.length ? lines : others;
  return longer.findIndex((_, index) => lines[index] !== others[index]) + 1;
};

/** Compares a committed document with the contracts; returns what to do where they differ. */
export const checkOpenApi = (name: DocumentName, committed: string): string | undefined => {
  const line = firstDifference(committed, renderOpenApi(name));
  if (line === 0) return undefined;
  return `docs/${name} is not what the contracts say: they differ from line ${line} on. Run "node infra/openapi.ts" and commit the file with the contract.`;
};

const main = (): void => {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  for (const name of DOCUMENT_NAMES) {
    if (!values.check) {
      writeFileSync(fileOf(name), renderOpenApi(name));
      process.stdout.write(`Wrote docs/${name}.\n`);
      continue;
    }
    const complaint = checkOpenApi(name, readFileSync(fileOf(name), 'utf8'));
    if (complaint === undefined) continue;
    process.stderr.write(`${complaint}\n`);
    process.exitCode = 1;
  }
};

if (import.meta.main) main();
