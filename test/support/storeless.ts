import type { Uses } from '../../shared/contracts/resources.ts';
import { createLog } from '../../shared/platform/logger.ts';
import type { Clock } from '../../shared/platform/clock.ts';
import type { Foundation } from '../../shared/platform/platform.ts';
import { systemRandom } from '../../shared/platform/random.ts';
import { TEST_RATE_LIMITS } from './test-platform.ts';

export interface StorelessOptions {
  readonly clock?: Clock;
  /** Takes each log line. */
  readonly writeLine?: (line: string) => void;
  readonly allowedOrigins?: readonly string[];
  readonly frontendUrl?: string;
}

/** The foundation of an endpoint that uses nothing: no table, no session, a clock that stands at 5 unless another is given. */
export const storelessFoundation = (
  endpoint: string,
  { clock = { now: () => 5 }, writeLine = () => undefined, allowedOrigins = [], frontendUrl }: StorelessOptions = {},
): Foundation<Uses> => {
  const logContext = { endpoint };
  return {
    platform: {
      clock,
      random: systemRandom,
      log: createLog(clock, logContext, writeLine),
      commit: () => Promise.reject(new Error('No store in this test.')),
      requestId: () => 'request-1',
      tables: {},
      rateLimits: TEST_RATE_LIMITS,
    },
    sessionTable: undefined,
    counterTable: undefined,
    allowedOrigins,
    cookieSecure: true,
    ...(frontendUrl !== undefined && { frontendUrl }),
    logContext,
  };
};
