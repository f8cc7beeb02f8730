import type { VariableName } from '../shared/contracts/environment.ts';
import { tableName } from './names.ts';
import type { Stage } from './stages.ts';

/** The value of every variable that a function can ask for. */
const VALUES: Readonly<Record<VariableName, (stage: Stage) => string>> = {
  ALLOWED_ORIGINS: (stage) => stage.allowedOrigins.join(','),
  COOKIE_SECURE: (stage) => String(stage.cookieSecure),
  RATE_LIMITS: (stage) => JSON.stringify(stage.rateLimits),
  PRICE_SOURCE: (stage) => stage.priceSource,
  MAIL_FROM: (stage) => stage.mailFrom,
  USERS_TABLE: (stage) => tableName(stage, 'users'),
  KYC_TABLE: (stage) => tableName(stage, 'kyc'),
  LEDGER_TABLE: (stage) => tableName(stage, 'ledger'),
  MARKET_TABLE: (stage) => tableName(stage, 'market'),
  EPHEMERAL_TABLE: (stage) => tableName(stage, 'ephemeral'),
};

/** The environment of a function: the variables it declares, and no other. */
export const environmentValues = (stage: Stage, variables: readonly VariableName[]): Record<string, string> =>
  Object.fromEntries(variables.map((name) => [name, VALUES[name](stage)]));
