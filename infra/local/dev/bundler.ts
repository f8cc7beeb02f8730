import { globSync } from 'node:fs';
import { relative } from 'node:path';
import { type BuildContext, context, formatMessages, type LogLevel, type Message } from 'esbuild';
import * as z from 'zod';
import { bundleOptions } from '../../build.ts';

/** What came of a build: every bundle by the id of its function, or what is wrong with the sources. */
export type Bundles =
  | { readonly kind: 'built'; readonly bundles: ReadonlyMap<string, Buffer> }
  | { readonly kind: 'broken'; readonly messages: string };

/** Builds again and again, quicker than from scratch. */
export interface Bundler {
  readonly build: () => Promise<Bundles>;
  readonly stop: () => Promise<void>;
}

type Options = Omit<ReturnType<typeof bundleOptions>, 'logLevel'> & { readonly logLevel: LogLevel };

/** What esbuild throws; an error of another kind is a defect and goes on its way. */
const buildFailure = z.object({ errors: z.array(z.custom<Message>()).min(1) });

/** `build/functions/<domain>/<operation>/index.js` → `<domain>.<operation>`. */
const functionIdOf = (file: string): string => file.split(/[\\/]/).slice(2, 4).join('.');

const entryPointsIn = (root: string): readonly string[] => globSync('functions/*/*.ts', { cwd: root }).sort();

/** A bundler of the functions under `root`; a function that is added or removed is noticed at the next build. */
export const createBundler = (root: string): Bundler => {
  let entryPoints: readonly string[] = [];
  let current: BuildContext<Options> | undefined;

  const contextFor = async (wanted: readonly string[]): Promise<BuildContext<Options>> => {
    if (current !== undefined && wanted.join() === entryPoints.join()) return current;
    await current?.dispose();
    entryPoints = wanted;
    current = await context<Options>({ ...bundleOptions(root, wanted), logLevel: 'silent' });
    return current;
  };

  return {
    build: async () => {
      try {
        const { outputFiles } = await (await contextFor(entryPointsIn(root))).rebuild();
        const bundles = outputFiles.map(
          ({ path, contents }) => [functionIdOf(relative(root, path)), Buffer.from(contents)] as const,
        );
        return { kind: 'built', bundles: new Map(bundles) };
      } catch (error) {
        const failure = buildFailure.safeParse(error);
        if (!failure.success) throw error;
        const messages = await formatMessages(failure.data.errors, { kind: 'error', color: process.stdout.isTTY });
        return { kind: 'broken', messages: messages.join('\n').trimEnd() };
      }
    },
    stop: async () => current?.dispose(),
  };
};
