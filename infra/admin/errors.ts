/** The command line makes no sense. Ends with code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What was asked for could not be done, for a reason that a person can read. Ends with code 1. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}
