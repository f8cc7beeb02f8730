import { execFile } from 'node:child_process';
import * as z from 'zod';
import { ROOT } from '../../infra/bundles.ts';
import type { LiveJourney } from './use-journey.ts';

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const records = z.object({ records: z.array(z.looseObject({ action: z.string(), actor: z.string() })) });

/** The commands of staff, against a running stack. */
export const adminCommands = (live: LiveJourney) => {
  /** What a person at the keyboard sees of a command. */
  const admin = (args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ended> => {
    const env = {
      PATH: process.env['PATH'],
      ADMIN_URL: live.stack.stack.adminUrl,
      ADMIN_PRINCIPAL: 'jo.lin',
      ...environment,
    };
    return new Promise((resolve) => {
      const options = { cwd: ROOT, env, timeout: 20_000 };
      execFile(process.execPath, ['infra/admin/main.ts', ...args], options, (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr });
      });
    });
  };

  const json = async (...args: readonly string[]): Promise<unknown> => {
    const { code, stdout, stderr } = await admin([...args, '--json']);
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${stderr}`);
    return JSON.parse(stdout);
  };

  /** What the audit has of a user, newest first, without looks at it. */
  const auditOf = async (...args: readonly string[]) =>
    records.parse(await json('audit', ...args)).records.filter(({ action }) => action !== 'audit.read');

  return { admin, json, auditOf };
};
