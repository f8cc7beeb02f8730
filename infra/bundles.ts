import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The repository's root, whatever directory a command was started in. */
export const ROOT = join(import.meta.dirname, '..');

/**
 * The folder with the bundle of a function, `build/functions/<domain>/<operation>`.
 *
 * @throws when nothing has been built there.
 */
export const bundleOf = (functionId: string, root = ROOT): string => {
  const folder = join(root, 'build', 'functions', ...functionId.split('.'));
  if (existsSync(join(folder, 'index.js'))) return folder;
  throw new Error(`The function "${functionId}" has no bundle in ${folder}. Run: npm run build`);
};
