import { type DerivedFiles, writeOrCheck } from './docs/derived.ts';
import { retentionPage } from './docs/retention.ts';
import { stagesPage } from './docs/stages.ts';
import { whoCanDecryptPage } from './docs/who-can-decrypt.ts';

/** The pages that tell of stages, retention and grants. */
export const GENERATED_PAGES = {
  files: [
    { name: 'who-can-decrypt.md', text: whoCanDecryptPage },
    { name: 'retention.md', text: retentionPage },
    { name: 'stages.md', text: stagesPage },
  ],
  source: 'the sources',
  command: 'npm run docs',
} as const satisfies DerivedFiles;

if (import.meta.main) writeOrCheck(GENERATED_PAGES);
