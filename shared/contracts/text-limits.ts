import * as z from 'zod/mini';
import { jsonVariable } from './json-variable.ts';

const count = z.int().check(z.minimum(1));

/** How many text messages go out in a day of Asia/Taipei. */
const schema = z.strictObject({
  /** To one number, whoever asks. */
  perNumber: count,
  /** For requests from one source address, whoever they are for. */
  perAddress: count,
  /** From the whole stage: what a day of abuse can cost. */
  inTotal: count,
});

export type TextLimits = Readonly<z.output<typeof schema>>;

/** The limits as an environment variable carries them. */
export const textLimits = z.pipe(jsonVariable, schema);
