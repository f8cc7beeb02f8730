import { describeError, type Log } from '../platform/logger.ts';

/** What was read; `undefined` where it cannot be, which is logged. For what has an answer of its own to that. */
export const tryReading = async <T>(log: Log, read: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await read();
  } catch (error) {
    log('REQUEST_FAILED', describeError(error));
    return undefined;
  }
};
