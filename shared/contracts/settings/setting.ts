import type * as z from 'zod/mini';
import type { approvalThresholds } from './approval-thresholds.ts';
import type { documentScanner } from './document-scanner.ts';
import type { frontendUrl } from './frontend-url.ts';
import type { minimumAge } from './minimum-age.ts';
import type { networks } from './networks.ts';
import type { sanctionsScreening } from './sanctions-screening.ts';
import type { services } from './services.ts';
import type { textLimits } from './text-limits.ts';
import type { transferLimits } from './transfer-limits.ts';

/**
 * Something that stages differ in beyond what every function is told: the environment variable that carries it, and what
 * it must be. A function receives those that its contract names, and its bundle carries no others.
 */
export interface SettingSpec {
  readonly name: string;
  readonly variable: string;
  readonly schema: z.ZodMiniType;
}

export type Setting =
  | typeof approvalThresholds
  | typeof documentScanner
  | typeof frontendUrl
  | typeof minimumAge
  | typeof networks
  | typeof sanctionsScreening
  | typeof services
  | typeof textLimits
  | typeof transferLimits;

/** What settings hold, by name. */
export type ValuesOf<S extends Setting> = { readonly [T in S as T['name']]: z.output<T['schema']> };

export type Settings = ValuesOf<Setting>;
