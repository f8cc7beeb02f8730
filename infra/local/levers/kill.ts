import * as z from 'zod';
import type { FunctionMode, Functions } from '../workers/functions.ts';
import { type Lever, ok, refusal, withBody } from './lever.ts';

const body = z.strictObject({ functionName: z.string(), afterCalls: z.int().min(0) });

const USAGE =
  'Send {"functionName": name, "afterCalls": n}: the process of the next invocation kills itself when n answers of AWS ' +
  'services have come in and before the function sees the last one; 0: before its first call leaves.';

export interface KillOptions {
  readonly functions: Pick<Functions, 'killAfterCalls'>;
  readonly names: readonly string[];
  readonly mode: FunctionMode;
}

/** Kills a function's process between two of its calls, for tests of what is left half done. */
export const killLevers = ({ functions, names, mode }: KillOptions): readonly Lever[] => [
  {
    method: 'POST',
    path: /^\/kill$/,
    answer: withBody(body, USAGE, ({ functionName, afterCalls }) => {
      if (mode !== 'processes')
        return refusal(400, 'Functions run as threads, which cannot be killed. Start with FUNCTIONS_AS=processes.');
      if (!names.includes(functionName))
        return refusal(404, `There is no function ${functionName}. There are: ${names.join(', ')}.`);
      functions.killAfterCalls(functionName, afterCalls);
      return ok({ functionName, afterCalls });
    }),
  },
];
