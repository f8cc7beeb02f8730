import { type FailedChanges, failedChanges } from './changes.ts';
import type { FailureMessage } from './queues.ts';
import { type FailedRun, failedRun } from './run.ts';

/** What a job has given up. */
export type Failure = FailedChanges | FailedRun;

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Reads a message of a failure queue; `undefined` where it is nothing that AWS sends there. */
export const failureOf = (message: FailureMessage): Failure | undefined => {
  const body = parsed(message.body);
  return failedChanges(message, body) ?? failedRun(message, body);
};
