import type * as z from 'zod/mini';

/** Whether an item is not as its schema says. Told by name, since naming the class brings all of zod into the bundle. */
export const isUnreadable = (error: unknown): error is z.core.$ZodError =>
  error instanceof Error && error.name === '$ZodError';
