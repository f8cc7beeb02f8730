/*
 * Installs what is missing before `npm start` and `npm test`. Runs on the machine's own Node, before anything is
 * installed, so it is plain JavaScript without dependencies. Silent when there is nothing to do.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 20;
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const LOCK = join(ROOT, 'package-lock.json');
const INSTALLED = join(ROOT, 'node_modules', '.package-lock.json');
/** Holds the digest of the lock that was installed last from here. */
const STAMP = join(ROOT, 'node_modules', '.setup-stamp');

const fail = (message) => {
  process.stderr.write(`${message}\n`);
  process.exit(1);
};

const requireNode = () => {
  const [major] = process.versions.node.split('.').map(Number);
  if (major >= OLDEST_NODE) return;
  fail(
    `This needs Node ${OLDEST_NODE} or newer, but runs on ${process.versions.node}. Install one from https://nodejs.org`,
  );
};

const digestOf = (text) => String(createHash('sha256').update(text).digest('hex'));

const packagesOf = (text) => Object.entries(JSON.parse(text).packages ?? {}).filter(([path]) => path !== '');

/**
 * Optional packages are left out where they do not fit. Those for one C library, and those that only such packages
 * need, cannot be judged from the lock alone.
 */
const mayBeMissing = ({ optional, os, cpu, libc }) => {
  const isJudgeable = os !== undefined && cpu !== undefined && libc === undefined;
  return optional === true && !(isJudgeable && os.includes(process.platform) && cpu.includes(process.arch));
};

/** Whether npm's own record of node_modules lists every package of the lock in its version. */
const matches = (lockText, installedText) => {
  const installed = new Map(packagesOf(installedText));
  return packagesOf(lockText).every(([path, entry]) => {
    const found = installed.get(path);
    if (found === undefined) return mayBeMissing(entry);
    return found.version === entry.version && found.integrity === entry.integrity;
  });
};

const isInstalled = (lockText) => {
  if (!existsSync(INSTALLED)) return false;
  if (matches(lockText, readFileSync(INSTALLED, 'utf8'))) return true;
  // An optional package that cannot be installed must not cost another attempt at every start.
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === digestOf(lockText);
};

const install = (lockText) => {
  process.stdout.write('Installing packages (npm ci); this is needed once and after package-lock.json changes.\n');
  // npm replaces node_modules, so it must not run on the Node that is in there.
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !/[\\/]node_modules[\\/]\.bin$/.test(folder));
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, error } = spawnSync('npm', args, {
    cwd: ROOT,
    env: { ...process.env, PATH: path.join(delimiter) },
    shell: process.platform === 'win32',
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (error) fail(`npm could not be started: ${error.message}. Install npm, or run "npm ci" by hand.`);
  if (status !== 0) fail(`npm ci failed with code ${status}. See its output above, then try again.`);
  writeFileSync(STAMP, digestOf(lockText));
};

requireNode();
const lockText = readFileSync(LOCK, 'utf8');
if (!isInstalled(lockText)) install(lockText);
