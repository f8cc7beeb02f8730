import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { fingerprintOf } from './fingerprint.ts';
import { lock } from '../process/lock.ts';
import { runNode } from '../process/run-node.ts';

export interface Preparation {
  /** The repository's root. */
  readonly root: string;
  readonly stage: string;
}

/** Two cores need a few seconds; a machine that is busy with other tests needs longer. */
const STEP_TIMEOUT_MS = 120_000;
const LOCK_TIMEOUT_MS = 300_000;

/** Assemblies that are kept: running stacks start workers from theirs. */
const KEPT = 5;

const cdkJson = z.object({ context: z.record(z.string(), z.unknown()).default({}) });

/** What `cdk synth -c stage=…` would hand to the app: it adds the two metadata switches by itself. */
const contextOf = (root: string, stage: string): string => {
  const { context } = cdkJson.parse(JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')));
  const added = { 'aws:cdk:enable-asset-metadata': true, 'aws:cdk:enable-path-metadata': true, stage };
  return JSON.stringify({ ...context, ...added });
};

/**
 * Bundles, and runs the app without the CLI around it and without the CDK's rules for templates, which every `cdk synth`
 * goes by: the same templates, some four seconds sooner.
 */
const synthesize = async (root: string, stage: string, directory: string): Promise<void> => {
  rmSync(directory, { recursive: true, force: true });
  await runNode({ cwd: root, args: [join('infra', 'build.ts')], timeoutMs: STEP_TIMEOUT_MS });
  await runNode({
    cwd: root,
    args: [join('infra', 'app.ts')],
    env: { CDK_OUTDIR: directory, CDK_CONTEXT_JSON: contextOf(root, stage), CDK_VALIDATION: 'false' },
    timeoutMs: STEP_TIMEOUT_MS,
  });
};

const removeOld = (folder: string): void => {
  const byAge = readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isDirectory())
    .sort((first, second) => statSync(second).mtimeMs - statSync(first).mtimeMs);
  for (const path of byAge.slice(KEPT)) rmSync(path, { recursive: true, force: true });
};

/**
 * Bundles the functions and synthesizes the templates, unless that was done for exactly these sources before.
 * Processes that ask at the same time wait for the first one's result.
 *
 * @returns the folder of the cloud assembly, which holds copies of the bundles too.
 * @throws StartError when the build or the synthesis fails, with their output.
 */
export const prepareAssembly = async ({ root, stage }: Preparation): Promise<string> => {
  const folder = join(root, 'build', 'assembly');
  mkdirSync(folder, { recursive: true });
  const directoryOf = (fingerprint: string): string => join(folder, `${stage}-${fingerprint}`);
  const existing = directoryOf(fingerprintOf(root));
  if (existsSync(existing)) return existing;
  const release = await lock(join(folder, 'lock'), LOCK_TIMEOUT_MS);
  try {
    const unfinished = join(folder, 'unfinished');
    for (;;) {
      const fingerprint = fingerprintOf(root);
      const directory = directoryOf(fingerprint);
      if (existsSync(directory)) return directory;
      await synthesize(root, stage, unfinished);
      // Sources that were saved meanwhile are only partly in it.
      if (fingerprintOf(root) === fingerprint) renameSync(unfinished, directory);
    }
  } finally {
    removeOld(folder);
    release();
  }
};
