import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ROOT } from '../../infra/bundles.ts';
import { installNative } from '../../infra/native-packages.ts';
import { NATIVE_PACKAGES } from '../../shared/contracts/native-packages.ts';

const run = promisify(execFile);

const LIMIT_MS = 120_000;

/** The command of the README, without credentials and with a proxy that refuses every connection. */
const synth = async (stage: string, output: string, ...more: readonly string[]) =>
  run(
    process.execPath,
    [join(ROOT, 'node_modules/aws-cdk/bin/cdk'), 'synth', '-q', '-c', `stage=${stage}`, '-o', output, ...more],
    {
      cwd: ROOT,
      timeout: LIMIT_MS,
      env: {
        PATH: [join(ROOT, 'node_modules/.bin'), dirname(process.execPath)].join(delimiter),
        HOME: output,
        HTTP_PROXY: 'http://127.0.0.1:9',
        HTTPS_PROXY: 'http://127.0.0.1:9',
      },
    },
  );

/** An install from the registry, where none is kept: the one thing of a synthesis that needs the network, once. */
const INSTALL_LIMIT_MS = 300_000;

describe('npx cdk synth', () => {
  let output: string;
  beforeAll(() => {
    for (const name of NATIVE_PACKAGES) installNative(name);
  }, INSTALL_LIMIT_MS);
  beforeEach(() => {
    output = mkdtempSync(join(tmpdir(), 'cdk-out-'));
  });
  afterEach(() => {
    rmSync(output, { recursive: true });
  });

  it(
    'works without network and credentials, and finds nothing to warn of',
    async () => {
      const { stdout, stderr } = await synth('dev', output);
      expect(`${stdout}${stderr}`).not.toMatch(/warning|error|acknowledge|deprecated/i);
      expect(JSON.parse(readFileSync(join(output, 'validation-report.json'), 'utf8'))).toMatchObject({
        pluginReports: [],
      });
    },
    LIMIT_MS,
  );

  it(
    'refuses an unknown stage, saying which there are',
    async () => {
      // Refused before any bundle is looked at, so nothing needs to be built.
      await expect(synth('production', output, '--build', 'node --version')).rejects.toThrow(
        'Unknown stage "production". Say which one: -c stage=local|test|dev|staging|prod',
      );
    },
    LIMIT_MS,
  );
});
