import * as z from 'zod/mini';

/**
 * What stages differ in beyond what every function is told, by name: the environment variable that carries it, and what
 * it must be. A function receives those that its contract declares.
 */
export const SETTINGS = {
  /** Whole years that a person must have lived to be let in. */
  minimumAge: { variable: 'MINIMUM_AGE', schema: z.coerce.number().check(z.int(), z.minimum(0), z.maximum(125)) },
  /** The address that documents are posted to before they count as uploaded, or `off`. */
  documentScanner: {
    variable: 'DOCUMENT_SCANNER',
    schema: z.union([z.literal('off'), z.url({ protocol: /^https$/ })]),
  },
} as const satisfies Record<string, { readonly variable: string; readonly schema: z.ZodMiniType }>;

export type SettingName = keyof typeof SETTINGS;

export type Settings = { readonly [S in SettingName]: z.output<(typeof SETTINGS)[S]['schema']> };
