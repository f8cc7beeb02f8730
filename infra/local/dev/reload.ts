import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningStack } from '../running-stack.ts';
import { createBundler } from './bundler.ts';
import { watchFolders } from './watch.ts';

export interface ReloadOptions {
  /** The folder that has `functions`, `shared` and `infra`. */
  readonly root: string;
  readonly stack: Pick<RunningStack, 'application' | 'serveFrom'>;
  /** The physical name of a function in the template. */
  readonly functionName: (functionId: string) => string;
  readonly log: (line: string) => void;
}

export interface Reload {
  readonly stop: () => Promise<void>;
}

const FOLDERS = ['functions', 'shared', 'infra'] as const;

/** What the template is made from. The rest of the code only is in bundles. */
const TEMPLATE_SOURCES = /^(infra|shared[\\/]contracts)[\\/]/;

/** Keeps the bundles that were built since the start, each in a folder of its own, until the end. */
const createShelf = (root: string) => {
  mkdirSync(join(root, 'build'), { recursive: true });
  const directory = mkdtempSync(join(root, 'build', 'dev-'));
  let count = 0;
  return {
    /** Writes a bundle as Lambda would unpack it, and returns its folder. */
    put: (bundle: Buffer): string => {
      count += 1;
      const folder = join(directory, String(count));
      mkdirSync(folder);
      writeFileSync(join(folder, 'package.json'), '{"type":"commonjs"}\n');
      writeFileSync(join(folder, 'index.js'), bundle);
      return folder;
    },
    clear: () => rmSync(directory, { recursive: true, force: true }),
  };
};

const namesOf = (names: readonly string[]): string =>
  names.length <= 3 ? names.join(', ') : `${names.length} functions`;

/** Serves what is saved: builds after every change, and has the functions whose bundles differ served from the new ones. */
export const startReload = async ({ root, stack, functionName, log }: ReloadOptions): Promise<Reload> => {
  const bundler = createBundler(root);
  const shelf = createShelf(root);
  const served = new Map<string, Buffer>(
    stack.application.functions.map(({ name, directory }) => [name, readFileSync(join(directory, 'index.js'))]),
  );

  const serve = (bundles: ReadonlyMap<string, Buffer>): readonly string[] =>
    [...bundles].flatMap(([id, bundle]) => {
      const name = functionName(id);
      const before = served.get(name);
      if (before === undefined || before.equals(bundle)) return [];
      stack.serveFrom(name, shelf.put(bundle));
      served.set(name, bundle);
      return [id];
    });

  const rebuild = async (): Promise<void> => {
    const startedAt = performance.now();
    const result = await bundler.build();
    if (result.kind === 'broken') return log(`${result.messages}\nThe code from before goes on serving.`);
    const added = [...result.bundles.keys()].filter((id) => !served.has(functionName(id)));
    if (added.length > 0) log(`Not in the template yet: ${namesOf(added)}. Start again to have them.`);
    const names = serve(result.bundles);
    if (names.length > 0) log(`serving anew after ${Math.round(performance.now() - startedAt)} ms: ${namesOf(names)}`);
  };

  let last = rebuild();
  const onChange = (paths: readonly string[]): void => {
    const ofTemplate = paths.find((path) => TEMPLATE_SOURCES.test(path));
    if (ofTemplate !== undefined)
      log(
        `${ofTemplate} changed. Routes, grants and environment come from the template, which is made at the start: ` +
          'stop this and start again if they are to change. The data stay.',
      );
    last = last.then(rebuild).catch((error: unknown) => log(`The rebuild failed: ${String(error)}`));
  };
  const unwatch = watchFolders(root, FOLDERS, onChange);
  await last;
  return {
    stop: async () => {
      unwatch();
      await last;
      await bundler.stop();
      shelf.clear();
    },
  };
};
