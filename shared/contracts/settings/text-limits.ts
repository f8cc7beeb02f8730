import * as z from 'zod/mini';
import { jsonVariable } from './json-variable.ts';
import type { SettingSpec } from './setting.ts';

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

/** How many text messages go out in a day. */
export const textLimits = {
  name: 'textLimits',
  variable: 'TEXT_LIMITS',
  schema: z.pipe(jsonVariable, schema),
} as const satisfies SettingSpec;
