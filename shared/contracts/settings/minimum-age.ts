import * as z from 'zod/mini';
import type { SettingSpec } from './setting.ts';

/** Whole years that a person must have lived to be let in. */
export const minimumAge = {
  name: 'minimumAge',
  variable: 'MINIMUM_AGE',
  schema: z.pipe(z.pipe(z.string(), z.transform(Number)), z.int().check(z.minimum(0), z.maximum(125))),
} as const satisfies SettingSpec;
