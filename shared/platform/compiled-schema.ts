import * as z from 'zod/mini';
import { $ZodObjectJIT, safeParse } from 'zod/v4/core';

/**
 * Compiling takes a schema about a millisecond once and spares it about a microsecond a time: nothing for a cold start, and
 * soon earned back by a function that is called a lot.
 */
const WORTH_COMPILING = 1_000;

/** The same schema with the compiled parser that zod has for objects, and that zod/mini leaves out. Others stay as they are. */
export const compile = (schema: z.core.$ZodType): z.core.$ZodType =>
  schema instanceof z.ZodMiniObject ? new $ZodObjectJIT(schema.def) : schema;

interface Use {
  times: number;
  parser: z.core.$ZodType;
}

const uses = new WeakMap<z.core.$ZodType, Use>();

/** The same as the schema's own `safeParse`; a schema that is used often is compiled. */
export const parseOften = <T>(schema: z.core.$ZodType<T>, input: unknown): z.core.util.SafeParseResult<T> => {
  const use = uses.get(schema) ?? { times: 0, parser: schema };
  if (use.times === 0) uses.set(schema, use);
  if (use.times === WORTH_COMPILING) use.parser = compile(schema);
  use.times += 1;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same schema, compiled or not
  return safeParse(use.parser, input) as z.core.util.SafeParseResult<T>;
};
