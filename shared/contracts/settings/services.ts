import * as z from 'zod/mini';
import type { SettingSpec } from './setting.ts';

/** Names of the services that users can pay, with commas between them; or `none`. */
export const services = {
  name: 'services',
  variable: 'SERVICES',
  schema: z.pipe(
    z.string().check(z.regex(/^[\w-]{1,64}(?:,[\w-]{1,64})*$/)),
    z.transform((names: string): readonly string[] => (names === 'none' ? [] : names.split(','))),
  ),
} as const satisfies SettingSpec;
