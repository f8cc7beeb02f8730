import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';

const run = promisify(execFile);

const COMPILER = 'node_modules/typescript/bin/tsc';

/** A few times what it takes. */
const COMPILER_MS = 120_000;

/** The module whose types come from the contracts: in a build they are written out, so that it needs none of them. */
const API = 'shared/client/api';

/** The compiler writes out what it has to infer, and keeps the names of everything else. */
const WRITTEN_OUT = `import type { Api } from "../../${API}.ts";

type WrittenOut<T> = T extends Blob
  ? T
  : T extends readonly (infer Element)[]
    ? readonly WrittenOut<Element>[]
    : T extends object
      ? { [Name in keyof T]: WrittenOut<T[Name]> }
      : T;

declare const writeOut: <T>() => WrittenOut<T>;
export const api = writeOut<Api>();
`;

const DECLARED = 'export declare const api: {';

/** Where the compiler is told what to do, two folders below the root. */
const settings = (modules: readonly string[]) => ({
  extends: '../../tsconfig.json',
  compilerOptions: { noEmit: false, declaration: true, emitDeclarationOnly: true, rootDir: '../..', outDir: 'out' },
  include: [],
  files: ['api.ts', ...modules.map((module) => `../../${module}.ts`)],
});

const IMPORT = /from '(\.[^']+)\.ts'/g;

const apiOf = (declarations: string): string => {
  const start = declarations.indexOf(DECLARED);
  if (start === -1) throw new Error(`The compiler has not written the API out as "${DECLARED}".`);
  const members = declarations.slice(start + DECLARED.length).trimEnd();
  return `/** Every call of the API by its id. */\nexport interface Api {${members.replace(/;$/, '')}\n`;
};

/** Takes a module's declarations, and those of all that it imports. */
const collect = async (
  module: string,
  read: (module: string) => Promise<string>,
  found: Map<string, string>,
): Promise<void> => {
  if (found.has(module)) return;
  // Declarations are put into one folder: what they import must have been in one, too.
  if (dirname(module) !== dirname(API)) throw new Error(`The client's types need ${module}, which no user of it has.`);
  const text = await read(module);
  // Imported as what stands beside them at run time, as published declarations do.
  found.set(module, text.replaceAll(IMPORT, "from '$1.js'"));
  for (const [, name = ''] of text.matchAll(IMPORT)) await collect(join(dirname(module), name), read, found);
};

/** What the compiler complains of is in its output; the error of a failed command has none of it to show. */
const failed = z.object({ stdout: z.string() });

const runCompiler = async (root: string, folder: string): Promise<void> => {
  try {
    await run(process.execPath, [join(root, COMPILER), '-p', folder], { cwd: root, timeout: COMPILER_MS });
  } catch (error) {
    const output = failed.safeParse(error).data?.stdout;
    throw new Error(`The client's types could not be compiled. ${output ?? ''}`, { cause: error });
  }
};

const compile = async (
  root: string,
  folder: string,
  { entry, constants }: { readonly entry: string; readonly constants: string },
): Promise<ReadonlyMap<string, string>> => {
  await writeFile(join(folder, 'api.ts'), WRITTEN_OUT);
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(settings([entry, constants])));
  await runCompiler(root, folder);
  const out = join(folder, 'out');
  const declared = (module: string): Promise<string> => readFile(join(out, `${module}.d.ts`), 'utf8');
  const written = join(out, relative(root, folder), 'api.d.ts');
  const found = new Map<string, string>();
  await collect(
    entry,
    async (module) => (module === API ? apiOf(await readFile(written, 'utf8')) : declared(module)),
    found,
  );
  return found.set(constants, await declared(constants));
};

/**
 * The declarations of a module of the client and of all that it imports, with the contracts' types written out, so that
 * they need nothing but each other; and those of a module of constants beside it.
 *
 * @param root - of the repository.
 * @param entry - the module as a path from there, without `.ts`.
 * @param constants - a module that imports nothing, likewise.
 * @returns texts by module; they import each other by relative paths.
 * @throws with what the compiler says, where the types are wrong.
 */
export const clientTypes = async (
  root: string,
  entry: string,
  constants: string,
): Promise<ReadonlyMap<string, string>> => {
  await mkdir(join(root, 'build'), { recursive: true });
  const folder = await mkdtemp(join(root, 'build', 'client-types-'));
  try {
    return await compile(root, folder, { entry, constants });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
