import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { openApiDocument, staffOpenApiDocument } from '../shared/contracts/openapi/document.ts';
import { ENDPOINTS } from '../shared/contracts/registry.ts';
import { STAFF_ENDPOINTS } from '../shared/contracts/staff/registry.ts';
import { type DerivedFiles, writeOrCheck } from './docs/derived.ts';

/** The documents under `docs`, by the name of the file. */
const DOCUMENTS = {
  'openapi.json': (version: string) => openApiDocument(ENDPOINTS, version),
  'openapi-staff.json': (version: string) => staffOpenApiDocument(STAFF_ENDPOINTS, version),
} as const;

export type DocumentName = keyof typeof DOCUMENTS;

export const DOCUMENT_NAMES = ['openapi.json', 'openapi-staff.json'] as const satisfies readonly DocumentName[];

const MANIFEST = new URL('../package.json', import.meta.url);

const manifest = z.object({ version: z.string() });

/** The text of a document as the contracts have it now. */
export const renderOpenApi = (name: DocumentName): string => {
  const { version } = manifest.parse(JSON.parse(readFileSync(MANIFEST, 'utf8')));
  return `${JSON.stringify(DOCUMENTS[name](version), null, 2)}\n`;
};

/** The descriptions of both APIs. */
export const OPENAPI: DerivedFiles<DocumentName> = {
  files: DOCUMENT_NAMES.map((name) => ({ name, text: () => renderOpenApi(name) })),
  source: 'the contracts',
  command: 'node infra/openapi.ts',
};

if (import.meta.main) writeOrCheck(OPENAPI);
