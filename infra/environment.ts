import type { VariableName } from '../shared/contracts/environment.ts';
import { BUCKETS } from '../shared/contracts/resources.ts';
import {
  bucketName,
  fingerprintsKeyAlias,
  mailConfigurationSet,
  metricsNamespace,
  secretsKeyAlias,
  tableName,
} from './names.ts';
import type { Stage } from './stages.ts';

/** One place that native code takes memory from: after a dozen uploads 330 MB in place of 500, in the same time. */
const MALLOC_ARENAS = '1';

/** The value of every variable that a function can ask for. */
const VALUES: Readonly<Record<VariableName, (stage: Stage, account: string) => string>> = {
  ALLOWED_ORIGINS: (stage) => stage.allowedOrigins.join(','),
  COOKIE_SECURE: (stage) => String(stage.cookieSecure),
  RATE_LIMITS: (stage) => JSON.stringify(stage.rateLimits),
  PRICE_SOURCE: (stage) => stage.priceSource,
  PUBLIC_URL: (stage) => stage.publicUrl,
  FRONTEND_URL: (stage) => stage.frontendUrl,
  MALLOC_ARENA_MAX: () => MALLOC_ARENAS,
  DOCUMENT_SCANNER: (stage) => stage.documentScanner,
  SANCTIONS_SCREENING: (stage) => stage.sanctionsScreening,
  SERVICES: (stage) => stage.services.join(',') || 'none',
  MINIMUM_AGE: (stage) => String(stage.minimumAge),
  TRANSFER_LIMITS: (stage) => JSON.stringify(stage.transferLimits),
  APPROVAL_THRESHOLDS: (stage) => JSON.stringify(stage.approvalThresholds),
  TEXT_LIMITS: (stage) => JSON.stringify(stage.textLimits),
  NETWORKS: (stage) => stage.networks.join(',') || 'none',
  MAIL_FROM: (stage) => stage.mailFrom,
  MAIL_CONFIGURATION_SET: mailConfigurationSet,
  METRICS_NAMESPACE: metricsNamespace,
  SECRETS_KEY: secretsKeyAlias,
  FINGERPRINTS_KEY: fingerprintsKeyAlias,
  USERS_TABLE: (stage) => tableName(stage, 'users'),
  KYC_TABLE: (stage) => tableName(stage, 'kyc'),
  LEDGER_TABLE: (stage) => tableName(stage, 'ledger'),
  MARKET_TABLE: (stage) => tableName(stage, 'market'),
  AUDIT_TABLE: (stage) => tableName(stage, 'audit'),
  EPHEMERAL_TABLE: (stage) => tableName(stage, 'ephemeral'),
  OUTBOX_TABLE: (stage) => tableName(stage, 'outbox'),
  DOCUMENTS_BUCKET: (stage, account) => bucketName(stage, BUCKETS.documents.purpose, account),
  INCOMING_BUCKET: (stage, account) => bucketName(stage, BUCKETS.incoming.purpose, account),
  AUDIT_ARCHIVE_BUCKET: (stage, account) => bucketName(stage, BUCKETS.auditArchive.purpose, account),
};

/** The environment of a function: the variables it declares, and no other. */
export const environmentValues = (
  stage: Stage,
  account: string,
  variables: readonly VariableName[],
): Record<string, string> => Object.fromEntries(variables.map((name) => [name, VALUES[name](stage, account)]));
