/** Runs steps in order, also when some fail, and throws what failed. */
export const runAll = async (steps: readonly (() => Promise<void> | void)[]): Promise<void> => {
  const errors: unknown[] = [];
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw new AggregateError(errors, 'The local stack did not stop in order.');
};
