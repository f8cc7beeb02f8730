import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../../infra/bundles.ts';
import { startTestStack, type TestStack } from '../support/local-stack.ts';

const run = promisify(execFile);

/** A block of the tour, and the output that the README prints under it. */
interface Step {
  readonly script: string;
  readonly printed: string;
}

const MARK = '--- next step ---';

/** The bash blocks of the tour, each with the json block that follows it, if one does before the next. */
const stepsOf = (readme: string): readonly Step[] => {
  const tour = readme.slice(readme.indexOf('## Five minutes with curl'), readme.indexOf('## Layout'));
  const blocks = [...tour.matchAll(/```(bash|json)\n([\s\S]*?)```/g)];
  return blocks.flatMap(([, language, text = ''], index) => {
    if (language !== 'bash') return [];
    const next = blocks[index + 1];
    return [{ script: text, printed: next?.[1] === 'json' ? (next[2] ?? '') : '' }];
  });
};

/** What differs from run to run by its nature: clocks and captchas. */
const CHANGING = new Set(['time', 'answer']);

/** The JSON of an output, however it is laid out; empty for no output. */
const steady = (output: string): unknown =>
  output.trim() === '' ? '' : JSON.parse(output, (key, value: unknown) => (CHANGING.has(key) ? typeof value : value));

describe('the tour of the README', () => {
  let stack: TestStack;
  const folder = mkdtempSync(join(tmpdir(), 'tour-'));

  beforeAll(async () => {
    stack = await startTestStack();
  });
  afterAll(async () => {
    await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('prints what the README says', async () => {
    const steps = stepsOf(readFileSync(join(ROOT, 'README.md'), 'utf8'));
    expect(steps.length).toBeGreaterThan(5);
    const script = steps.map((step) => `${step.script}\necho; echo '${MARK}'`).join('\n');
    const local = script
      .replace('http://127.0.0.1:3000', stack.url)
      .replace('http://127.0.0.1:3001', stack.stack.adminUrl ?? '');
    expect(local).not.toBe(script);
    const { stdout } = await run('bash', ['-euc', local], { cwd: folder, timeout: 60_000 });
    const outputs = stdout.split(MARK).slice(0, steps.length);
    expect(outputs.map(steady)).toEqual(steps.map(({ printed }) => steady(printed)));
  });
});
