import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { openJournal } from '../../../../../infra/local/emulators/journal.ts';
import { temporaryDirectory } from '../fixture-assembly.ts';

describe('openJournal', () => {
  it('passes over a line that a crash cut short, and goes on after it', () => {
    const file = join(temporaryDirectory(), 'journal.jsonl');
    const schema = z.object({ n: z.number() });
    openJournal(file, schema).append({ n: 1 });
    appendFileSync(file, '\n{"n":');
    openJournal(file, schema).append({ n: 2 });
    expect(openJournal(file, schema).records()).toStrictEqual([{ n: 1 }, { n: 2 }]);
  });
});
