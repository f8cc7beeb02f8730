import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ROOT } from '../../../infra/bundles.ts';

type Packages = Readonly<Record<string, object>>;

const ONE = { version: '1.0.0', integrity: 'sha512-one' };
const FOREIGN = { version: '1.0.0', optional: true, os: ['plan9'], cpu: ['mips'] };
const NATIVE = { version: '1.0.0', optional: true, os: [process.platform], cpu: [process.arch] };

let root: string;

const writeLock = (packages: Packages): void =>
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: { '': { name: 'x' }, ...packages } }));

/** An npm that records its arguments and installs the given packages. */
const writeNpm = (packages: Packages, code = 0): void => {
  const record = JSON.stringify({ packages });
  writeFileSync(
    join(root, 'bin', 'npm'),
    `#!/bin/sh\necho "$@" >> "${root}/calls"\nmkdir -p node_modules\necho '${record}' > node_modules/.package-lock.json\nexit ${code}\n`,
  );
  chmodSync(join(root, 'bin', 'npm'), 0o755);
};

const setup = () => {
  const path = [join(root, 'node_modules', '.bin'), join(root, 'bin'), process.env['PATH']].join(':');
  const env = { ...process.env, PATH: path };
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'infra', 'setup.mjs')], {
    env,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};

const calls = (): readonly string[] => {
  const file = join(root, 'calls');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
};

const SILENT = { status: 0, stdout: '', stderr: '' };

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'setup-'));
  for (const folder of ['infra', 'bin']) mkdirSync(join(root, folder));
  copyFileSync(join(ROOT, 'infra', 'setup.mjs'), join(root, 'infra', 'setup.mjs'));
  writeLock({ 'node_modules/one': ONE, 'node_modules/foreign': FOREIGN });
  writeNpm({ 'node_modules/one': ONE });
});

describe('setup.mjs', () => {
  it('installs what is missing and says so in one line, then is silent', () => {
    const first = setup();
    expect(first).toMatchObject({ status: 0, stderr: '' });
    expect(first.stdout).toMatch(/^Installing packages \(npm ci\).*\n$/);
    expect(setup()).toStrictEqual(SILENT);
    expect(calls()).toStrictEqual([expect.stringMatching(/^ci /)]);
  });

  it('is silent when somebody else ran npm ci', () => {
    mkdirSync(join(root, 'node_modules'));
    writeFileSync(
      join(root, 'node_modules', '.package-lock.json'),
      JSON.stringify({ packages: { 'node_modules/one': ONE } }),
    );
    expect(setup()).toStrictEqual(SILENT);
    expect(calls()).toStrictEqual([]);
  });

  it('installs again when the lock names another version', () => {
    setup();
    writeLock({ 'node_modules/one': { version: '1.0.1', integrity: 'sha512-other' } });
    setup();
    expect(calls()).toHaveLength(2);
  });

  it('tries an optional package of this platform once, and does without it', () => {
    writeLock({ 'node_modules/one': ONE, 'node_modules/native': NATIVE });
    setup();
    expect(setup()).toStrictEqual(SILENT);
    expect(calls()).toHaveLength(1);
  });

  it('fails when npm fails, and tries again the next time', () => {
    writeNpm({}, 7);
    const failed = setup();
    expect(failed.status).toBe(1);
    expect(failed.stderr).toContain('npm ci failed with code 7');
    setup();
    expect(calls()).toHaveLength(2);
  });
});
