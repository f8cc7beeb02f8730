import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildClient } from '../../infra/build-client.ts';

/** The client as its users have it. */
export interface InstalledClient {
  /** Where programs that use it can be put. */
  readonly folder: string;
  /** Of its package. */
  readonly client: string;
  readonly files: readonly string[];
  readonly remove: () => void;
}

/** Builds the client into a folder of a user's, far from everything that this repository has installed. */
export const installClient = async (): Promise<InstalledClient> => {
  const folder = mkdtempSync(join(tmpdir(), 'client-'));
  const client = join(folder, 'node_modules', 'bitgin-client');
  mkdirSync(client, { recursive: true });
  return {
    folder,
    client,
    files: await buildClient(client),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};

/** The only block of a language in a section of a document. */
export const blockOf = (document: string, section: string, language: string): string => {
  const start = document.indexOf(section);
  const end = document.indexOf('\n## ', start);
  const [, text] = new RegExp('```' + language + '\n([\\s\\S]*?)```').exec(document.slice(start, end)) ?? [];
  if (start === -1 || text === undefined) throw new Error(`There is no block of ${language} under "${section}".`);
  return text;
};
