import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { NativePackage } from '../shared/contracts/native-packages.ts';
import { ROOT } from './bundles.ts';

/** Lambda's own: arm64, and a Linux with glibc. No script runs: the packages come with what they need, built. */
const TARGET = ['--cpu=arm64', '--os=linux', '--libc=glibc', '--ignore-scripts'] as const;

const NPM_CI = ['ci', ...TARGET, '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error'] as const;

/** Twenty MB from a registry. */
const INSTALL_TIMEOUT_MS = 300_000;

/** Of what npm says: the rest is where in npm it went wrong. */
const SHOWN_LINES = 3;

const FILES = ['package.json', 'package-lock.json'] as const;

/** What npm writes for itself, different every time. */
const NPMS_OWN = ['.package-lock.json', '.bin'] as const;

const lockOf = (name: NativePackage): string => join(ROOT, 'infra', 'native', name);

const digestOf = (name: NativePackage): string => {
  const hash = createHash('sha256');
  for (const file of FILES) hash.update(readFileSync(join(lockOf(name), file)));
  return hash.digest('hex').slice(0, 16);
};

const runNpm = (name: NativePackage, cwd: string): void => {
  const { status, error, stderr } = spawnSync('npm', [...NPM_CI], {
    cwd,
    encoding: 'utf8',
    timeout: INSTALL_TIMEOUT_MS,
    shell: process.platform === 'win32',
  });
  if (status === 0) return;
  const why = error?.message ?? stderr.trim().split('\n').slice(0, SHOWN_LINES).join('; ');
  throw new Error(
    `The package ${name} could not be installed for Lambda (linux, arm64): ${why}. ` +
      'Synthesis of a stage that is deployed needs it once for each infra/native lock, and so a package registry; ' +
      'try again when npm can reach one. The stages local and test do without.',
  );
};

/**
 * The `node_modules` of a package for Lambda, installed from a lock of its own once and kept under `build/native`.
 *
 * @throws when it is not there and cannot be installed, with npm's words and what to do.
 */
export const installNative = (name: NativePackage, root = ROOT): string => {
  const kept = join(root, 'build', 'native');
  const installed = join(kept, `${name}-${digestOf(name)}`);
  const modules = join(installed, 'node_modules');
  if (existsSync(modules)) return modules;
  mkdirSync(kept, { recursive: true });
  const draft = mkdtempSync(join(kept, 'unfinished-'));
  try {
    for (const file of FILES) cpSync(join(lockOf(name), file), join(draft, file));
    runNpm(name, draft);
    for (const own of NPMS_OWN) rmSync(join(draft, 'node_modules', own), { recursive: true, force: true });
    // Whoever was first at it has installed the same.
    if (!existsSync(installed)) renameSync(draft, installed);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return modules;
};

/**
 * The asset of a function with native packages: its bundle, and beside it their `node_modules` for Lambda.
 *
 * @param bundle the folder of the bundle.
 */
export const assetWithNative = (functionId: string, bundle: string, names: readonly NativePackage[]): string => {
  const asset = join(ROOT, 'build', 'native', 'assets', ...functionId.split('.'));
  rmSync(asset, { recursive: true, force: true });
  cpSync(bundle, asset, { recursive: true });
  for (const name of names) cpSync(installNative(name), join(asset, 'node_modules'), { recursive: true });
  return asset;
};
