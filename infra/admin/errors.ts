/** The command line makes no sense. Ends with code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What was asked for could not be done, for a reason that a person can read. Ends with code 1. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** A refusal by AWS, as its SDK throws it: the name says what, the message why. */
const isRefusalOfAws = (error: Error): boolean => '$metadata' in error;

/** What a person is told of an error: a sentence where one is known, else where it happened. */
export const told = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof UsageError || error instanceof CommandError) return error.message;
  return isRefusalOfAws(error) ? `AWS refused: ${error.name}: ${error.message}` : (error.stack ?? String(error));
};
