import { ArnFormat, type Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  BUCKET_ACTIONS,
  BUCKET_NAMES,
  BUCKETS,
  FINGERPRINT_ACTIONS,
  FINGERPRINT_PURPOSE_NAMES,
  mergeUses,
  SECRET_ACTIONS,
  SECRET_PURPOSE_NAMES,
  SECRET_PURPOSES,
  type StreamedTable,
  TABLE_ACTIONS,
  TABLE_NAMES,
  TABLES,
  type TableAction,
  type Uses,
} from '../shared/contracts/resources.ts';
import { bucketName, mailConfigurationSet, tableName } from './names.ts';
import type { Stage } from './stages.ts';

/** What the policy of a function is made of. */
export interface GrantContext {
  readonly stack: Stack;
  readonly stage: Stage;
  /** ARN of the customer key of the durable tables. */
  readonly keyArn: string;
  /** ARN of the key of secrets. */
  readonly secretsKeyArn: string;
  /** ARN of the key of fingerprints. */
  readonly fingerprintsKeyArn: string;
}

const READS: ReadonlySet<TableAction> = new Set(['get', 'batchGet', 'query', 'scan', 'check']);

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

/** `stream`: the table whose changes start the function; reading its stream needs what reading it does. */
const keyStatements = (
  uses: Uses,
  { stage, keyArn }: GrantContext,
  stream: StreamedTable | undefined,
): readonly PolicyStatement[] => {
  const read: Uses = stream === undefined ? {} : { [stream]: ['get'] };
  const all = mergeUses(uses, read);
  const actions = TABLE_NAMES.filter((table) => TABLES[table].durable).flatMap((table) => all[table] ?? []);
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

/** The condition is what keeps the purposes apart: all of them share one key. */
const secretStatements = ({ secrets = {} }: Uses, { secretsKeyArn }: GrantContext): readonly PolicyStatement[] =>
  SECRET_PURPOSE_NAMES.flatMap((purpose) => {
    const actions = secrets[purpose];
    if (!actions) return [];
    return new PolicyStatement({
      actions: actions.map((action) => SECRET_ACTIONS[action]),
      resources: [secretsKeyArn],
      conditions: { StringEquals: { 'kms:EncryptionContext:purpose': SECRET_PURPOSES[purpose] } },
    });
  });

/** A MAC has no encryption context, so what is for one purpose could be asked for another: code keeps them apart. */
const fingerprintStatements = (
  { fingerprints = {} }: Uses,
  { fingerprintsKeyArn }: GrantContext,
): readonly PolicyStatement[] => {
  const actions = new Set(FINGERPRINT_PURPOSE_NAMES.flatMap((purpose) => fingerprints[purpose] ?? []));
  if (actions.size === 0) return [];
  return [
    new PolicyStatement({
      actions: [...actions].map((action) => FINGERPRINT_ACTIONS[action]),
      resources: [fingerprintsKeyArn],
    }),
  ];
};

/** What S3 does with the bucket's key in the name of whom it puts or gets an object for. */
const OBJECT_KEY_ACTIONS: Readonly<Record<string, string>> = {
  's3:PutObject': 'kms:GenerateDataKey',
  's3:GetObject': 'kms:Decrypt',
};

/** Use of the key that a bucket's objects are encrypted with, as far as the actions need it. */
const objectKeyStatements = (
  actions: readonly string[],
  { stage, keyArn }: GrantContext,
): readonly PolicyStatement[] => {
  const ofKey = actions.flatMap((action) => OBJECT_KEY_ACTIONS[action] ?? []);
  if (ofKey.length === 0) return [];
  const conditions = { StringEquals: { 'kms:ViaService': `s3.${stage.region}.amazonaws.com` } };
  return [new PolicyStatement({ actions: ofKey, resources: [keyArn], conditions })];
};

/** Objects under the bucket's prefix, and the key they are encrypted with. */
const bucketStatements = ({ buckets = {} }: Uses, context: GrantContext): readonly PolicyStatement[] =>
  BUCKET_NAMES.flatMap((name) => {
    const declared = buckets[name];
    if (!declared) return [];
    const { stack, stage } = context;
    const { purpose, prefix } = BUCKETS[name];
    const actions = [...new Set(declared.map((action) => BUCKET_ACTIONS[action]))];
    const bucket = { service: 's3', region: '', account: '', resource: bucketName(stage, purpose, stack.account) };
    const objects = stack.formatArn({ ...bucket, resourceName: `${prefix}*` });
    return [new PolicyStatement({ actions, resources: [objects] })].concat(objectKeyStatements(actions, context));
  });

const mailStatements = (uses: Uses, { stack, stage }: GrantContext): readonly PolicyStatement[] => {
  if (!uses.mail) return [];
  const domain = stage.mailFrom.slice(stage.mailFrom.indexOf('@') + 1);
  return [
    new PolicyStatement({
      actions: ['ses:SendEmail'],
      resources: [
        stack.formatArn({ service: 'ses', resource: 'identity', resourceName: domain }),
        stack.formatArn({ service: 'ses', resource: 'configuration-set', resourceName: mailConfigurationSet(stage) }),
      ],
      conditions: { StringEquals: { 'ses:FromAddress': stage.mailFrom } },
    }),
  ];
};

/** A phone number is no resource: see the exception for text messages. */
const textStatements = (uses: Uses): readonly PolicyStatement[] =>
  uses.sms ? [new PolicyStatement({ actions: ['sns:Publish'], resources: ['*'] })] : [];

/** The statements that a declaration of `uses` stands for: these actions on these resources. */
export const usesStatements = (
  uses: Uses,
  context: GrantContext,
  stream?: StreamedTable,
): readonly PolicyStatement[] => [
  ...tableStatements(uses, context),
  ...keyStatements(uses, context, stream),
  ...secretStatements(uses, context),
  ...fingerprintStatements(uses, context),
  ...bucketStatements(uses, context),
  ...mailStatements(uses, context),
  ...textStatements(uses),
];

/** What Lambda does in the name of a function that a stream starts ("Process DynamoDB records with Lambda"). */
const READ_STREAM = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'];

/** Reading one stream. */
export const streamStatement = (streamArn: string): PolicyStatement =>
  new PolicyStatement({ actions: READ_STREAM.map((action) => `dynamodb:${action}`), resources: [streamArn] });

/** Naming in one queue what was given up, which Lambda does in the name of the function. */
export const failureStatement = (queueArn: string): PolicyStatement =>
  new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queueArn] });

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
