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

/** Alias of the key of secrets. KMS takes it wherever it takes a key. */
export const secretsKeyAlias = (stage: Named): string => `alias/bitgin-${stage.name}-secrets`;

/** Alias of the key of fingerprints: a newer key is another key under another alias. */
export const fingerprintsKeyAlias = (stage: Named): string =>
  `alias/bitgin-${stage.name}-fingerprints-${FINGERPRINT_KEY_VERSION}`;

/** The queue that names the changes of a table that a job has given up. */
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

export const functionLogGroupName = (stage: Named, functionId: string): string =>
  `/aws/lambda/${functionName(stage, functionId)}`;

/** `apply-verification-code` → `ApplyVerificationCode`: construct ids, and so logical ids, are built from it. */
export const pascalCase = (kebab: string): string =>
  kebab
    .split('-')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');
