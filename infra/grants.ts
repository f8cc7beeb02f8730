import { ArnFormat, type Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { TABLE_ACTIONS, TABLE_NAMES, TABLES, type TableAction, type Uses } from '../shared/contracts/resources.ts';
import { tableName } from './names.ts';
import type { Stage } from './stages.ts';

/** What the policy of a function is made of. */
export interface GrantContext {
  readonly stack: Stack;
  readonly stage: Stage;
  /** ARN of the customer key of the durable tables. */
  readonly keyArn: string;
}

const READS: ReadonlySet<TableAction> = new Set(['get', 'batchGet', 'query', 'check']);

/**
 * DynamoDB uses the table's key in the caller's name. Reading needs to decrypt; writing needs the rest too
 * ("Using IAM policies to authorize the use of a customer managed key", DynamoDB developer guide).
 */
const READ_KEY = ['kms:Decrypt', 'kms:DescribeKey'];
const WRITE_KEY = ['kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];

const tableStatements = (uses: Uses, { stack, stage }: GrantContext): readonly PolicyStatement[] =>
  TABLE_NAMES.flatMap((table) => {
    const actions = uses[table];
    if (!actions) return [];
    return new PolicyStatement({
      actions: actions.map((action) => TABLE_ACTIONS[action]),
      resources: [stack.formatArn({ service: 'dynamodb', resource: 'table', resourceName: tableName(stage, table) })],
    });
  });

const keyStatements = (uses: Uses, { stage, keyArn }: GrantContext): readonly PolicyStatement[] => {
  const actions = TABLE_NAMES.filter((table) => TABLES[table].durable).flatMap((table) => uses[table] ?? []);
  if (actions.length === 0) return [];
  const writes = actions.some((action) => !READS.has(action));
  return [
    new PolicyStatement({
      actions: writes ? [...READ_KEY, ...WRITE_KEY] : READ_KEY,
      resources: [keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `dynamodb.${stage.region}.amazonaws.com` } },
    }),
  ];
};

const mailStatements = (uses: Uses, { stack, stage }: GrantContext): readonly PolicyStatement[] => {
  if (!uses.mail) return [];
  const domain = stage.mailFrom.slice(stage.mailFrom.indexOf('@') + 1);
  return [
    new PolicyStatement({
      actions: ['ses:SendEmail'],
      resources: [stack.formatArn({ service: 'ses', resource: 'identity', resourceName: domain })],
      conditions: { StringEquals: { 'ses:FromAddress': stage.mailFrom } },
    }),
  ];
};

/** A phone number is no resource: see the exception for text messages. */
const textStatements = (uses: Uses): readonly PolicyStatement[] =>
  uses.sms ? [new PolicyStatement({ actions: ['sns:Publish'], resources: ['*'] })] : [];

/** The statements that a declaration of `uses` stands for: these actions on these resources. */
export const usesStatements = (uses: Uses, context: GrantContext): readonly PolicyStatement[] => [
  ...tableStatements(uses, context),
  ...keyStatements(uses, context),
  ...mailStatements(uses, context),
  ...textStatements(uses),
];

/** ARN of a log group, without the wildcard for its streams. */
export const logGroupArn = (stack: Stack, name: string): string =>
  stack.formatArn({
    service: 'logs',
    resource: 'log-group',
    resourceName: name,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });

/** Writing to streams of one log group. The group itself is made by the stack, so no right to create it. */
export const logStatement = (logGroup: string): PolicyStatement =>
  new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [`${logGroup}:*`] });
