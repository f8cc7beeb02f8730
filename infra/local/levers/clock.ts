import * as z from 'zod';
import type { LocalClock } from '../clock.ts';
import { type Lever, ok, withBody } from './lever.ts';

/** A hundred years: more than anything waits for, and far from where dates end. */
const LIMIT_MS = 100 * 365.25 * 24 * 3_600_000;

const body = z.strictObject({ offsetMs: z.int().min(-LIMIT_MS).max(LIMIT_MS) });

const USAGE =
  'Send {"offsetMs": n}: whole milliseconds that functions see the time ahead of this machine (behind, when negative); 0 resets.';

/** Sets the functions' clock, for every invocation that begins afterwards. Schedules go by real time all the same. */
export const clockLevers = (clock: LocalClock): readonly Lever[] => {
  const state = () => ok({ offsetMs: clock.offsetMs(), now: clock.now() });
  return [
    { method: 'GET', path: /^\/clock$/, answer: state },
    {
      method: 'POST',
      path: /^\/clock$/,
      answer: withBody(body, USAGE, ({ offsetMs }) => {
        clock.shiftTo(offsetMs);
        return state();
      }),
    },
  ];
};
