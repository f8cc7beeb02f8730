import * as z from 'zod';
import { textOf, textsOf } from './intrinsics.ts';
import type { Resource, Synthesis } from './templates.ts';

const closed = z.object({
  PublicAccessBlockConfiguration: z.object({
    BlockPublicAcls: z.literal(true),
    BlockPublicPolicy: z.literal(true),
    IgnorePublicAcls: z.literal(true),
    RestrictPublicBuckets: z.literal(true),
  }),
});

const encryptedBucket = z.object({
  BucketEncryption: z.object({
    ServerSideEncryptionConfiguration: z
      .array(z.object({ ServerSideEncryptionByDefault: z.object({ SSEAlgorithm: z.enum(['aws:kms', 'AES256']) }) }))
      .min(1),
  }),
});

/** DynamoDB encrypts in any case; a table says by which key. */
const encryptedTable = z.object({ SSESpecification: z.object({ SSEEnabled: z.boolean() }) });
const encryptedQueue = z.object({ SqsManagedSseEnabled: z.literal(true) });
const encryptedTopic = z.object({ KmsMasterKeyId: z.unknown().refine((key) => key !== undefined) });
const forgetting = z.object({ RetentionInDays: z.int().min(1).max(365) });

/** Those that begin so take TLS 1.2 and 1.3; without one an API takes TLS 1.0 at the host that API Gateway makes. */
const modernTls = z.object({ SecurityPolicy: z.string().startsWith('SecurityPolicy_TLS13_1_') });

const statement = z.object({
  Effect: z.enum(['Allow', 'Deny']),
  Principal: z.unknown().optional(),
  Action: z.unknown(),
  Resource: z.unknown(),
  Condition: z.unknown().optional(),
});
const document = z.object({ PolicyDocument: z.object({ Statement: z.array(statement) }) });

const refusesPlainHttp = (properties: unknown): boolean =>
  document
    .parse(properties)
    .PolicyDocument.Statement.some(
      ({ Effect, Condition }) =>
        Effect === 'Deny' && JSON.stringify(Condition ?? {}).includes('"aws:SecureTransport":"false"'),
    );

/** Whether anybody at all is let in. */
const letsEverybodyIn = (properties: unknown): boolean =>
  document
    .parse(properties)
    .PolicyDocument.Statement.some(
      ({ Effect, Principal }) => Effect === 'Allow' && JSON.stringify(Principal ?? null).includes('"*"'),
    );

/** The policies of AWS that roles may have, which infra/exceptions.ts accepts. */
const OF_AWS =
  /^arn:<AWS::Partition>:iam::aws:policy\/service-role\/(AmazonAPIGatewayPushToCloudWatchLogs|AWSCodeDeployRoleForLambdaLimited)$/;

const role = z.object({
  ManagedPolicyArns: z.array(z.unknown()).default([]),
  Policies: z.array(z.unknown()).default([]),
});

/** Rights that a role brings along, beside the policies that are looked at by themselves. */
const roleProblems = (properties: unknown): readonly string[] => {
  const { ManagedPolicyArns, Policies } = role.parse(properties);
  const foreign = ManagedPolicyArns.map((arn) => textOf(arn)).filter((arn) => !OF_AWS.test(arn));
  return [...foreign.map((arn) => `has the rights of ${arn}`), ...(Policies.length > 0 ? ['has rights inline'] : [])];
};

/** The resources with a wildcard that infra/exceptions.ts accepts, by what may be done with them. */
const WIDE: readonly (readonly [actions: RegExp, resources: RegExp])[] = [
  [/^xray:Put(TraceSegments|TelemetryRecords)$/, /^\*$/],
  [/^sns:Publish$/, /^\*$/],
  [/^logs:(CreateLogStream|PutLogEvents)$/, /^arn:aws:logs:[^*]+:log-group:[^*]+:\*$/],
  [/^s3:(GetObject|PutObject|DeleteObject|GetObjectVersion|DeleteObjectVersion)$/, /^arn:aws:s3:::[^*]+\/[^*]+\/\*$/],
];

const isAccepted = (action: string, resource: string): boolean =>
  WIDE.some(([actions, resources]) => actions.test(action) && resources.test(resource));

const grantProblems = (properties: unknown): readonly string[] =>
  document.parse(properties).PolicyDocument.Statement.flatMap(({ Effect, Action, Resource: on }) => {
    if (Effect === 'Deny') return [];
    const [actions, resources] = [textsOf(Action), textsOf(on)];
    return actions.flatMap((action) =>
      resources
        .filter((one) => action.includes('*') || (one.includes('*') && !isAccepted(action, one)))
        .map((one) => `allows ${action} on ${one}`),
    );
  });

type Check = (properties: Resource['Properties']) => readonly string[];

const unless =
  (isGood: (properties: unknown) => boolean, problem: string): Check =>
  (properties) =>
    isGood(properties) ? [] : [problem];

const fits =
  (schema: z.ZodType) =>
  (properties: unknown): boolean =>
    schema.safeParse(properties).success;

const RESOURCE_POLICY: readonly Check[] = [
  unless(refusesPlainHttp, 'lets callers come without TLS'),
  (properties) => (letsEverybodyIn(properties) ? ['lets everybody in'] : []),
];

/** What is asked of each type of resource that keeps or hands on something. */
const CHECKS: Readonly<Record<string, readonly Check[]>> = {
  'AWS::S3::Bucket': [unless(fits(closed), 'is open to the public'), unless(fits(encryptedBucket), 'is not encrypted')],
  'AWS::S3::BucketPolicy': RESOURCE_POLICY,
  'AWS::SQS::Queue': [unless(fits(encryptedQueue), 'is not encrypted')],
  'AWS::SQS::QueuePolicy': RESOURCE_POLICY,
  'AWS::SNS::Topic': [unless(fits(encryptedTopic), 'is not encrypted')],
  'AWS::SNS::TopicPolicy': RESOURCE_POLICY,
  'AWS::DynamoDB::GlobalTable': [unless(fits(encryptedTable), 'is not encrypted')],
  'AWS::ApiGateway::RestApi': [unless(fits(modernTls), 'takes old TLS')],
  'AWS::ApiGateway::DomainName': [unless(fits(modernTls), 'takes old TLS')],
  'AWS::Logs::LogGroup': [unless(fits(forgetting), 'keeps its events for ever')],
  'AWS::IAM::Policy': [grantProblems],
  'AWS::IAM::ManagedPolicy': [grantProblems],
  'AWS::IAM::Role': [roleProblems],
};

/** Buckets, queues and topics without a policy would let callers come without TLS as well. */
const unguarded = (
  resources: Readonly<Record<string, Resource>>,
  type: string,
  policyType: string,
): readonly string[] => {
  const policies = Object.values(resources).filter(({ Type }) => Type === policyType);
  const guarded = JSON.stringify(
    policies.map(({ Properties }) => Properties['Bucket'] ?? Properties['Queues'] ?? Properties['Topics']),
  );
  return Object.entries(resources)
    .filter(([id, { Type }]) => Type === type && !guarded.includes(`"Ref":"${id}"`))
    .map(([id]) => `${id} has no policy, and so lets callers come without TLS`);
};

const checked = (resources: Readonly<Record<string, Resource>>): readonly string[] =>
  Object.entries(resources).flatMap(([id, { Type, Properties }]) =>
    (CHECKS[Type] ?? []).flatMap((check) => check(Properties).map((problem) => `${id} ${problem}`)),
  );

/** What is careless in the templates of a stage, in sentences. */
export const careProblems = ({ templates }: Synthesis): readonly string[] =>
  Object.values(templates).flatMap(({ Resources }) =>
    [
      checked(Resources),
      unguarded(Resources, 'AWS::S3::Bucket', 'AWS::S3::BucketPolicy'),
      unguarded(Resources, 'AWS::SQS::Queue', 'AWS::SQS::QueuePolicy'),
      unguarded(Resources, 'AWS::SNS::Topic', 'AWS::SNS::TopicPolicy'),
    ].flat(),
  );
