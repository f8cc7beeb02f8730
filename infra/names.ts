import { FINGERPRINT_KEY_VERSION, type TableName } from '../shared/contracts/resources.ts';
import type { Stage } from './stages.ts';

/** Physical names. They follow from the stage alone, so that stacks and operators need no exports to find things. */

type Named = Pick<Stage, 'name'>;

/** Lambda's limit for the name of a function. */
const FUNCTION_NAME_LIMIT = 64;

export const stackName = (stage: Named, part: string): string => `bitgin-${stage.name}-${part}`;

/** The table that the stack makes. */
export const madeTableName = (stage: Named, table: TableName): string => `bitgin-${stage.name}-${table}`;

/** The table that functions use: the one that the stack makes, or a restored one in its place. */
export const tableName = (stage: Named & Partial<Pick<Stage, 'restored'>>, table: TableName): string =>
  stage.restored?.[table]?.name ?? madeTableName(stage, table);

/** The parameter with the user of `npm run smoke`, JSON: `user`, `password` and `totpKey`. */
export const smokeParameter = (stage: Named): string => `/bitgin/${stage.name}/smoke`;

/** Alias of the key of secrets. KMS takes it wherever it takes a key. */
export const secretsKeyAlias = (stage: Named): string => `alias/bitgin-${stage.name}-secrets`;

/** Alias of the key of fingerprints: a newer key is another key under another alias. */
export const fingerprintsKeyAlias = (stage: Named): string =>
  `alias/bitgin-${stage.name}-fingerprints-${FINGERPRINT_KEY_VERSION}`;

/** What SES counts and suppresses the stage's mails by. */
export const mailConfigurationSet = (stage: Named): string => `bitgin-${stage.name}`;

/** Under which CloudWatch keeps what functions measure. */
export const metricsNamespace = (stage: Named): string => `BitGin/${stage.name}`;

/** The alias that everything calls functions by: what it points to is live. */
export const LIVE_ALIAS = 'live';

/** The CodeDeploy application; each of its groups has the name of the function that it deploys. */
export const deploymentApplicationName = (stage: Named): string => `bitgin-${stage.name}`;

/** The alarm that takes a deployment of a function back. */
export const rollbackAlarmName = (stage: Named, functionId: string): string =>
  `${functionName(stage, functionId)}-rollback`;

/** WAF writes only to groups whose names begin so. */
export const webAclLogGroupName = (stage: Named): string => `aws-waf-logs-bitgin-${stage.name}-api`;

/** The queue that names the changes of a table, or the runs by the clock, that a job has given up. */
export const failureQueueName = (stage: Named, functionId: string): string =>
  `${functionName(stage, functionId)}-failures`;

/** Bucket names are worldwide, so the account is part of them. */
export const bucketName = (stage: Named, purpose: string, account: string): string =>
  `bitgin-${stage.name}-${purpose}-${account}`;

/**
 * The physical name of a function: `bitgin-<stage>-<domain>-<operation>`.
 *
 * @throws when it is longer than Lambda allows.
 */
export const functionName = (stage: Named, functionId: string): string => {
  const name = `bitgin-${stage.name}-${functionId.replace('.', '-')}`;
  if (name.length <= FUNCTION_NAME_LIMIT) return name;
  throw new Error(
    `The function name ${name} has ${name.length} characters; Lambda allows ${FUNCTION_NAME_LIMIT}. ` +
      `Shorten the id "${functionId}" by ${name.length - FUNCTION_NAME_LIMIT} or more.`,
  );
};

/** A function by its alias, as permissions and metrics write it. */
export const liveFunctionName = (stage: Named, functionId: string): string =>
  `${functionName(stage, functionId)}:${LIVE_ALIAS}`;

export const functionLogGroupName = (stage: Named, functionId: string): string =>
  `/aws/lambda/${functionName(stage, functionId)}`;

/** `apply-verification-code` → `ApplyVerificationCode`: construct ids, and so logical ids, are built from it. */
export const pascalCase = (kebab: string): string =>
  kebab
    .split('-')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');
