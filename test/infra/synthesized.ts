import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StageName } from '../../infra/stages.ts';
import { type Synthesis, synthesisSchema } from './templates.ts';

/** Where this run of the tests keeps what it has synthesized; jest.config.mjs names it. */
const cacheFolder = (): string => {
  const folder = process.env['SYNTHESIS_CACHE'];
  if (folder === undefined) throw new Error('SYNTHESIS_CACHE is not set. Run the tests by `npm test`.');
  return folder;
};

const read = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
};

/**
 * All stacks of a stage as they are. Made by the first test file of a run that asks; the others read it, and need not
 * load the CDK, which takes longer than most of them.
 */
export const synthesized = async (stage: StageName): Promise<Synthesis> => {
  const folder = cacheFolder();
  const file = join(folder, `${stage}.json`);
  const kept = read(file);
  if (kept !== undefined) return synthesisSchema.parse(JSON.parse(kept));
  const { synthesize } = await import('./synthesis.ts');
  const synthesis = synthesize(stage);
  mkdirSync(folder, { recursive: true });
  // Two files may do this at once: each writes its own, and the name changes hands in one step.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(synthesis));
  renameSync(draft, file);
  return synthesis;
};
