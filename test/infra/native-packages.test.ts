import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { ROOT } from '../../infra/bundles.ts';
import { assetWithNative } from '../../infra/native-packages.ts';
import { NATIVE_PACKAGES } from '../../shared/contracts/native-packages.ts';

/** An install from the registry, where none is kept. */
const TIMEOUT_MS = 300_000;

const run = promisify(execFile);

/** Where nothing listens. */
const CLOSED = 'http://127.0.0.1:9';

/** What Lambda takes of a function, unpacked. */
const LARGEST_ASSET_MB = 250;

const bundle = mkdtempSync(join(tmpdir(), 'bundle-'));
writeFileSync(join(bundle, 'index.js'), 'exports.handler = async () => ({ statusCode: 200 });\n');
afterAll(() => rmSync(bundle, { recursive: true }));

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** Magic number, and the field `e_machine` with its value for 64-bit ARM ("ELF for the Arm 64-bit Architecture"). */
const ELF = '\u007FELF';
const MACHINE_AT = 18;
const AARCH64 = 183;

const machineOf = (file: string): number | undefined => {
  const bytes = readFileSync(file);
  return bytes.subarray(0, ELF.length).toString('latin1') === ELF ? bytes.readUInt16LE(MACHINE_AT) : undefined;
};

const packageJson = z.object({
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
});

const packageIn = (...path: readonly string[]) =>
  packageJson.parse(JSON.parse(readFileSync(join(ROOT, ...path, 'package.json'), 'utf8')));

describe('the asset of a function with a native package', () => {
  it(
    "holds the bundle and the package built for Lambda's processor, and for no other",
    () => {
      const asset = assetWithNative('test.native', bundle, ['sharp']);
      try {
        const files = filesIn(asset);
        expect(readdirSync(asset).toSorted()).toEqual(['index.js', 'node_modules']);
        const machines = files.flatMap((file) => machineOf(file) ?? []);
        expect(machines.length).toBeGreaterThanOrEqual(2);
        expect(new Set(machines)).toEqual(new Set([AARCH64]));
        expect(files.some((file) => file.endsWith('.node'))).toBe(true);
        const megabytes = files.reduce((sum, file) => sum + statSync(file).size, 0) / 1_000_000;
        expect(megabytes).toBeLessThan(LARGEST_ASSET_MB / 5);
      } finally {
        rmSync(asset, { recursive: true });
      }
    },
    TIMEOUT_MS,
  );

  it('is not made where none is kept and npm can reach no registry, which is told with what to do', async () => {
    const root = mkdtempSync(join(tmpdir(), 'native-'));
    const install = `import(process.argv[1]).then(({ installNative }) => installNative('sharp', process.argv[2]))`;
    const module = join(ROOT, 'infra', 'native-packages.ts');
    const env = {
      ...process.env,
      npm_config_registry: CLOSED,
      npm_config_https_proxy: CLOSED,
      npm_config_cache: join(root, 'cache'),
      npm_config_fetch_retries: '0',
    };
    try {
      await expect(run(process.execPath, ['-e', install, module, root], { env })).rejects.toThrow(
        /sharp could not be installed for Lambda \(linux, arm64\): npm error [^]*try again when npm can reach one/,
      );
      expect(readdirSync(join(root, 'build', 'native'))).toEqual([]);
    } finally {
      rmSync(root, { recursive: true });
    }
  });

  it.each(NATIVE_PACKAGES)('has the %s that this repository runs', (name) => {
    expect(packageIn('infra', 'native', name).dependencies).toEqual({ [name]: packageIn().devDependencies[name] });
  });
});
