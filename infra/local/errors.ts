import * as z from 'zod';

/*
 * Errors are told by what they carry, not by `instanceof`: those of Node's own modules and of worker threads come
 * from another realm when this code runs inside a test runner's sandbox.
 */

const coded = z.object({ code: z.string() });
const described = z.object({ name: z.string(), message: z.string(), stack: z.string().optional() });

/** Something that the person at the keyboard can put right. Its message is shown as it is, without a stack. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** The system's code, such as EADDRINUSE; undefined for errors without one. */
export const codeOf = (error: unknown): string | undefined => coded.safeParse(error).data?.code;

/** Name, message and stack of whatever was thrown. */
export const describeError = (
  error: unknown,
): { readonly name: string; readonly message: string; readonly stack: string } => {
  const { name, message, stack } = described.safeParse(error).data ?? { name: typeof error, message: String(error) };
  return { name, message, stack: stack ?? '' };
};
