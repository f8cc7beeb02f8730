import { watch } from 'node:fs';
import { join } from 'node:path';

/** Editors write a file in several steps, and tools several files at once. */
const SETTLE_MS = 50;

/**
 * Tells which files under some folders changed, when nothing more has for a moment.
 *
 * @param onChange gets paths relative to `root`.
 * @returns what ends it.
 */
export const watchFolders = (
  root: string,
  folders: readonly string[],
  onChange: (paths: readonly string[]) => void,
): (() => void) => {
  const changed = new Set<string>();
  const report = (): void => {
    const paths = [...changed];
    changed.clear();
    onChange(paths);
  };
  let timer: NodeJS.Timeout | undefined;
  const watchers = folders.map((folder) =>
    watch(join(root, folder), { recursive: true }, (_event, name) => {
      if (name === null) return;
      changed.add(join(folder, name));
      clearTimeout(timer);
      timer = setTimeout(report, SETTLE_MS);
    }),
  );
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
};
