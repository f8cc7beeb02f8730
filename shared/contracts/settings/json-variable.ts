import * as z from 'zod/mini';

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The value that an environment variable carries as JSON; `undefined` where it is none. */
export const jsonVariable = z.pipe(z.string(), z.transform(parse));
