import { execFile } from 'node:child_process';
import { ROOT } from '../../infra/bundles.ts';

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a person at the keyboard sees of `npm run smoke`. */
export const smokeCommand = (
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> => {
  const options = { cwd: ROOT, env: { PATH: process.env['PATH'], ...environment }, timeout: 60_000 };
  return new Promise((resolve) => {
    execFile(process.execPath, ['infra/smoke/main.ts', ...args], options, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr });
    });
  });
};

/** The lines of a report, by the name of the check: how it went and what was said. */
export const reported = (stdout: string): ReadonlyMap<string, string> =>
  new Map(
    [...stdout.matchAll(/^(ok|skip|FAIL) +(.+?)  +(.+)$/gm)].map(([, kind = '', name = '', said = '']) => [
      name,
      `${kind} ${said}`,
    ]),
  );
