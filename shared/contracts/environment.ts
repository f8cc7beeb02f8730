import { effectiveUses, type EndpointSpec } from './endpoint.ts';
import { TABLE_NAMES, TABLES, type TableName, type Uses } from './resources.ts';

/** Settings that every endpoint function receives, whatever it uses. */
export const HTTP_VARIABLES = ['ALLOWED_ORIGINS', 'COOKIE_SECURE', 'RATE_LIMITS'] as const;

/** The variables that come with `uses: { mail: 'send' }`. */
export const MAIL_VARIABLES = ['MAIL_FROM'] as const;

/** Settings that jobs ask for by name. */
export const JOB_VARIABLES = ['PRICE_SOURCE'] as const;

export type VariableName =
  | (typeof JOB_VARIABLES)[number]
  | (typeof HTTP_VARIABLES)[number]
  | (typeof MAIL_VARIABLES)[number]
  | (typeof TABLES)[TableName]['variable'];

/** The variables that a declaration of `uses` brings along. */
export const variablesOfUses = (uses: Uses): readonly VariableName[] => [
  ...TABLE_NAMES.filter((table) => uses[table]).map((table) => TABLES[table].variable),
  ...(uses.mail ? MAIL_VARIABLES : []),
];

/**
 * The environment variables of an endpoint's function. Infra sets exactly these, the runtime reads
 * exactly these, so neither can drift from the other.
 */
export const environmentOf = (endpoint: EndpointSpec): readonly VariableName[] => [
  ...HTTP_VARIABLES,
  ...variablesOfUses(effectiveUses(endpoint)),
];
