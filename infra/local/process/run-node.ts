import { startGuardedProcess } from './guarded-process.ts';
import { StartError } from '../errors.ts';

export interface NodeRun {
  readonly cwd: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds after which it is stopped. */
  readonly timeoutMs: number;
}

/**
 * Runs a module of this project with the same Node. What it prints is shown only when it fails.
 *
 * @throws StartError when it fails, with what it printed.
 */
export const runNode = async ({ cwd, args, env = {}, timeoutMs }: NodeRun): Promise<void> => {
  const child = await startGuardedProcess(process.execPath, args, { cwd, env });
  const timer = setTimeout(() => void child.stop(), timeoutMs);
  const end = await child.ended;
  clearTimeout(timer);
  if (end !== 'ended with code 0') throw new StartError(`node ${args.join(' ')} ${end}:\n${child.output()}`);
};
