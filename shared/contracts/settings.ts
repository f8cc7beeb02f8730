import * as z from 'zod/mini';
import { approvalThresholds } from './approval-thresholds.ts';
import { transferLimits } from './transfer-limits.ts';
import { NETWORK_NAMES } from './networks.ts';
import { textLimits } from './text-limits.ts';

/** Every bundle carries this table, and would carry zod's own `url` and `coerce` for two entries of it. */
const webAddress = (form: RegExp) =>
  z.string().check(
    z.regex(form),
    z.refine((address) => URL.canParse(address)),
  );

/**
 * What stages differ in beyond what every function is told, by name: the environment variable that carries it, and what
 * it must be. A function receives those that its contract declares.
 */
export const SETTINGS = {
  /** Whole years that a person must have lived to be let in. */
  minimumAge: {
    variable: 'MINIMUM_AGE',
    schema: z.pipe(z.pipe(z.string(), z.transform(Number)), z.int().check(z.minimum(0), z.maximum(125))),
  },
  /** The networks that crypto currencies can come in and go out by, with commas between; or `none`. */
  networks: {
    variable: 'NETWORKS',
    schema: z.pipe(
      z.pipe(
        z.string(),
        z.transform((names: string) => (names === 'none' ? [] : names.split(','))),
      ),
      z.array(z.enum(NETWORK_NAMES)),
    ),
  },
  /** The front-end's page that people are redirected to, to which a query is added. */
  frontendUrl: {
    variable: 'FRONTEND_URL',
    schema: webAddress(/^https?:\/\/[^\s?#]+$/),
  },
  /** The address that documents are posted to before they count as uploaded, or `off`. */
  documentScanner: {
    variable: 'DOCUMENT_SCANNER',
    schema: z.union([z.literal('off'), webAddress(/^https:\/\/\S+$/)]),
  },
  /** The address that people are looked up at on lists of sanctions (see shared/kyc/screening.ts), or `off`. */
  sanctionsScreening: {
    variable: 'SANCTIONS_SCREENING',
    schema: z.union([z.literal('off'), z.url({ protocol: /^https$/ })]),
  },
  /** Names of the services that users can pay, with commas between them; or `none`. */
  services: {
    variable: 'SERVICES',
    schema: z.pipe(
      z.string().check(z.regex(/^[\w-]{1,64}(?:,[\w-]{1,64})*$/)),
      z.transform((names: string): readonly string[] => (names === 'none' ? [] : names.split(','))),
    ),
  },
  /** What a user of each KYC level that may send can send in a day, as plain decimals by asset. */
  transferLimits: { variable: 'TRANSFER_LIMITS', schema: transferLimits },
  /** How many text messages go out in a day. */
  textLimits: { variable: 'TEXT_LIMITS', schema: textLimits },
  /** Above which amounts of each asset, at once and in a day, deposits and adjustments take two of the staff. */
  approvalThresholds: { variable: 'APPROVAL_THRESHOLDS', schema: approvalThresholds },
} as const satisfies Record<string, { readonly variable: string; readonly schema: z.ZodMiniType }>;

export type SettingName = keyof typeof SETTINGS;

export type Settings = { readonly [S in SettingName]: z.output<(typeof SETTINGS)[S]['schema']> };
