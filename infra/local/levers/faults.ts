import * as z from 'zod';
import { FAULT_MODES, FAULT_SERVICES, type Faults } from '../proxy/faults/faults.ts';
import { type Lever, ok, withBody } from './lever.ts';

/** Longer than any function runs. */
const LONGEST_DELAY_MS = 60_000;

const DYNAMODB_ONLY = new Set(['conflict', 'stale']);

const body = z
  .strictObject({
    service: z.enum(FAULT_SERVICES),
    mode: z.enum([...FAULT_MODES, 'none']),
    rate: z.number().min(0).max(1).default(1),
    delayMs: z.int().min(0).max(LONGEST_DELAY_MS).default(1_000),
    seed: z.int().optional(),
    operation: z.string().min(1).optional(),
    functionName: z.string().min(1).optional(),
  })
  .refine(({ service, mode }) => service === 'dynamodb' || !DYNAMODB_ONLY.has(mode), {
    error: 'conflict and stale exist for dynamodb only',
    path: ['mode'],
  });

const USAGE =
  'Send {"service": "ses"|"sns"|"s3"|"dynamodb"|"kms", "mode": "fail"|"throttle"|"conflict"|"slow"|"stale"|"lostResponse"|"lateResponse"|"none", ' +
  '"rate": 0 to 1}, and if wanted "delayMs" for slow and lateResponse, "seed" for the same draws every time, "operation" (such as "TransactWriteItems") ' +
  'and "functionName" to strike only those. "none" takes the fault of the service away.';

/** Makes AWS services misbehave towards functions. A service has one fault at a time; a new one takes its place. */
export const faultLevers = (faults: Faults): readonly Lever[] => {
  const state = () => ok({ faults: faults.present() });
  return [
    { method: 'GET', path: /^\/faults$/, answer: state },
    {
      method: 'POST',
      path: /^\/faults$/,
      answer: withBody(body, USAGE, ({ mode, ...fault }) => {
        if (mode === 'none') faults.clear(fault.service);
        else faults.set({ ...fault, mode });
        return state();
      }),
    },
  ];
};
