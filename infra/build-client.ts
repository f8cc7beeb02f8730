import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import * as z from 'zod';
import { ROUTES } from '../shared/client/routes.ts';
import { ROOT } from './bundles.ts';
import { clientTypes } from './client-types.ts';

const ENTRY = 'shared/client/client';

/** The reference's numbers by name: constants and nothing else. */
const ENUMS = 'shared/contracts/enums';

/** What users of the package import, be it code or types. */
const exported = (...modules: readonly string[]): string =>
  modules.map((module) => `export * from '${module}';\n`).join('');

/** The first of each that has everything the client uses: Node 20.3, Chrome 116, Firefox 124, Safari 17.4. */
const TARGETS = ['es2022', 'node20.3', 'chrome116', 'firefox124', 'safari17.4'];

const manifest = z.object({ version: z.string(), license: z.string() });

/** Puts the table of routes in place of the contracts that it is made of. */
const routesAsLiteral: Plugin = {
  name: 'routes-as-literal',
  setup: (building) => {
    building.onLoad({ filter: /shared[/\\]client[/\\]routes\.ts$/ }, () => ({
      contents: `export const ROUTES = ${JSON.stringify(ROUTES)};`,
      loader: 'js',
    }));
  },
};

const bundle = async (): Promise<string> => {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    stdin: { contents: exported(`./${ENTRY}.ts`, `./${ENUMS}.ts`), resolveDir: ROOT },
    bundle: true,
    platform: 'neutral',
    format: 'esm',
    target: TARGETS,
    minify: true,
    legalComments: 'none',
    write: false,
    logLevel: 'warning',
    plugins: [routesAsLiteral],
  });
  return outputFiles.map(({ text }) => text).join('');
};

const packageOf = ({ version, license }: z.output<typeof manifest>): string =>
  JSON.stringify(
    {
      name: 'bitgin-client',
      version,
      description: 'Typed client of the Bitgin user API, for browsers and Node, without dependencies.',
      license,
      type: 'module',
      sideEffects: false,
      exports: { '.': { types: './types/index.d.ts', default: './index.js' } },
      engines: { node: '>=20.3' },
    },
    null,
    2,
  );

const placed = (module: string): string => `types/${basename(module)}.d.ts`;

/**
 * Builds the client as a package: one ES module without imports, its declarations, a manifest.
 *
 * @param folder - is emptied first.
 * @returns the files, by their paths in it.
 */
export const buildClient = async (folder: string): Promise<readonly string[]> => {
  const [code, types, about] = await Promise.all([
    bundle(),
    clientTypes(ROOT, ENTRY, ENUMS),
    readFile(join(ROOT, 'package.json'), 'utf8'),
  ]);
  const files: readonly (readonly [path: string, text: string])[] = [
    ['index.js', code],
    ['package.json', `${packageOf(manifest.parse(JSON.parse(about)))}\n`],
    ['types/index.d.ts', exported(...[ENTRY, ENUMS].map((module) => `./${basename(module)}.js`))],
    ...[...types].map(([module, text]) => [placed(module), text] as const),
  ];
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, 'types'), { recursive: true });
  await Promise.all(files.map(([path, text]) => writeFile(join(folder, path), text)));
  return files.map(([path]) => path);
};

if (import.meta.main) {
  try {
    const files = await buildClient(join(ROOT, 'build', 'client'));
    process.stdout.write(`Built build/client: ${files.join(', ')}.\n`);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
