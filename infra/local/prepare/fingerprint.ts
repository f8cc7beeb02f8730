import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What bundles and templates are made from. The local stack itself is not part of them. */
const FOLDERS = ['functions', 'infra', 'shared'] as const;
const FILES = ['cdk.json', 'package-lock.json', 'tsconfig.json'] as const;
const EXCLUDED = join('infra', 'local');

const filesOf = (root: string, folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .filter((file) => !file.startsWith(EXCLUDED));

/** A digest over the names and contents of everything that a build reads: equal digests, equal results. */
export const fingerprintOf = (root: string): string => {
  const files = [...FOLDERS.flatMap((folder) => filesOf(root, folder)), ...FILES].sort();
  const hash = createHash('sha256');
  for (const file of files) {
    const content = readFileSync(join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex').slice(0, 16);
};
