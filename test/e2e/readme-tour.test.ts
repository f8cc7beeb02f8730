import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../../infra/bundles.ts';
import { offerDemoAccounts } from '../../infra/local/demo/demo.ts';
import { startTestStack, type TestStack } from '../support/local-stack.ts';

const run = promisify(execFile);

/** A block of the tour, and the output that the README prints under it. */
interface Step {
  readonly script: string;
  readonly printed: string;
  /** Whether the output is JSON, or text for people. */
  readonly isJson: boolean;
}

/** Some commands start a process of their own, and some wait for mail. */
const TOUR_MS = 90_000;

const MARK = '--- next step ---';

/** The bash blocks of the tour, each with the block of output that follows it, if one does before the next. */
const stepsOf = (readme: string): readonly Step[] => {
  const start = readme.indexOf('## Five minutes with curl');
  const tour = readme.slice(start, readme.indexOf('\n## ', start));
  const blocks = [...tour.matchAll(/```(bash|json|text)\n([\s\S]*?)```/g)];
  return blocks.flatMap(([, language, text = ''], index) => {
    if (language !== 'bash') return [];
    const next = blocks[index + 1];
    const [, kind = 'bash', printed = ''] = next ?? [];
    return [{ script: text, printed: kind === 'bash' ? '' : printed, isJson: kind !== 'text' }];
  });
};

/** What differs from run to run by its nature: clocks, captchas, and how a picture is packed. */
const CHANGING = new Set(['time', 'answer', 'filename', 'id', 'requestedAt', 'size']);

/** The JSON of an output, however it is laid out; empty for no output. */
const steady = (output: string, isJson: boolean): unknown =>
  output.trim() === '' || !isJson
    ? output.trim()
    : JSON.parse(output, (key, value: unknown) => (CHANGING.has(key) ? typeof value : value));

describe('the tour of the README', () => {
  let stack: TestStack;
  const opened: string[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'tour-'));

  beforeAll(async () => {
    // What the tour writes stays out of the repository, whose commands it calls.
    for (const name of ['package.json', 'node_modules', 'infra']) symlinkSync(join(ROOT, name), join(folder, name));
    stack = await startTestStack();
    // What `npm start -- --fresh` has beside the tour.
    await offerDemoAccounts(stack.stack, (line) => opened.push(line));
  });
  afterAll(async () => {
    await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it(
    'prints what the README says',
    async () => {
      expect(opened.join('\n')).toContain('demo-ann');
      const steps = stepsOf(readFileSync(join(ROOT, 'README.md'), 'utf8'));
      expect(steps.length).toBeGreaterThan(5);
      const script = steps.map((step) => `${step.script}\necho; echo '${MARK}'`).join('\n');
      const local = script
        .replace('http://127.0.0.1:3000', stack.url)
        .replace('http://127.0.0.1:3001', stack.stack.adminUrl ?? '');
      expect(local).not.toBe(script);
      const env = { ...process.env, ADMIN_URL: stack.stack.adminUrl };
      const { stdout } = await run('bash', ['-euc', local], { cwd: folder, env, timeout: TOUR_MS });
      const outputs = stdout.split(MARK).slice(0, steps.length);
      const told = steps.map(({ isJson }, index) => steady(outputs[index] ?? '', isJson));
      expect(told).toEqual(steps.map(({ printed, isJson }) => steady(printed, isJson)));
    },
    TOUR_MS,
  );
});
