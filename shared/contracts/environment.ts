import { effectiveUses } from './effective-uses.ts';
import type { EndpointSpec } from './endpoint.ts';
import { BUCKET_NAMES, BUCKETS, type BucketName, TABLE_NAMES, TABLES, type TableName, type Uses } from './resources.ts';
import type { Setting } from './settings/setting.ts';

/** Settings that every endpoint function receives, whatever it uses. */
export const HTTP_VARIABLES = ['ALLOWED_ORIGINS', 'COOKIE_SECURE', 'RATE_LIMITS'] as const;

/** What every function but the fallbacks receives: under which name CloudWatch keeps what it measures. */
export const METRIC_VARIABLES = ['METRICS_NAMESPACE'] as const;

/** The variables that come with `uses: { mail: 'send' }`: the sender, and what SES counts and suppresses mails by. */
export const MAIL_VARIABLES = ['MAIL_FROM', 'MAIL_CONFIGURATION_SET'] as const;

/** The variables that come with `uses: { secrets: … }`. `SECRETS_KEY` names the key as KMS takes it in `KeyId`. */
export const SECRET_VARIABLES = ['SECRETS_KEY'] as const;

/** The variables that come with `uses: { fingerprints: … }`: the key, as KMS takes it in `KeyId`. */
export const FINGERPRINT_VARIABLES = ['FINGERPRINTS_KEY'] as const;

/**
 * The variables that come with `native`: read by the C library before any code of ours runs. By its own settings it
 * keeps for each of Node's threads what pictures took once, which adds up in a function that is reused.
 */
export const NATIVE_VARIABLES = ['MALLOC_ARENA_MAX'] as const;

/** Settings that jobs ask for by name. `PUBLIC_URL`: where people reach the public API, without a slash at its end. */
export const JOB_VARIABLES = ['PRICE_SOURCE', 'PUBLIC_URL'] as const;

export type VariableName =
  | (typeof JOB_VARIABLES)[number]
  | (typeof HTTP_VARIABLES)[number]
  | (typeof METRIC_VARIABLES)[number]
  | (typeof MAIL_VARIABLES)[number]
  | (typeof SECRET_VARIABLES)[number]
  | (typeof FINGERPRINT_VARIABLES)[number]
  | (typeof NATIVE_VARIABLES)[number]
  | (typeof TABLES)[TableName]['variable']
  | (typeof BUCKETS)[BucketName]['variable']
  | Setting['variable'];

/** The variables that a declaration of `uses` brings along. */
export const variablesOfUses = (uses: Uses): readonly VariableName[] => [
  ...TABLE_NAMES.filter((table) => uses[table]).map((table) => TABLES[table].variable),
  ...BUCKET_NAMES.filter((bucket) => uses.buckets?.[bucket]).map((bucket) => BUCKETS[bucket].variable),
  ...(uses.mail ? MAIL_VARIABLES : []),
  ...(uses.secrets ? SECRET_VARIABLES : []),
  ...(uses.fingerprints ? FINGERPRINT_VARIABLES : []),
  ...(uses.settings ?? []).map(({ variable }) => variable),
];

/**
 * The environment variables of an endpoint's function. Infra sets exactly these, the runtime reads
 * exactly these, so neither can drift from the other.
 */
export const environmentOf = (endpoint: EndpointSpec): readonly VariableName[] => [
  ...HTTP_VARIABLES,
  ...METRIC_VARIABLES,
  ...variablesOfUses(effectiveUses(endpoint)),
  ...(endpoint.native ? NATIVE_VARIABLES : []),
];
