import type { Resource, Stack } from './assembly.ts';

/** The account that everything on this machine belongs to. */
export const ACCOUNT = '000000000000';
export const PARTITION = 'aws';
export const URL_SUFFIX = 'amazonaws.com';

/** Where a physical name resolves its own intrinsics. */
export type Resolve = (value: unknown) => unknown;

/** The property that names a resource, by type. */
const NAME_PROPERTIES: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::Events::Rule': 'Name',
  'AWS::IAM::Role': 'RoleName',
  'AWS::KMS::Alias': 'AliasName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::Scheduler::Schedule': 'Name',
  'AWS::SQS::Queue': 'QueueName',
};

/** S3 takes lower case only, and at most 63 characters. */
const bucketName = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]/g, '-')
    .slice(0, 63);

/** The name in the template, else one derived from the stack and the logical id, the same on every start. */
export const physicalName = (stack: Stack, logicalId: string, resource: Resource, resolve: Resolve): string => {
  const property = NAME_PROPERTIES[resource.Type];
  const given = property === undefined ? undefined : resolve(resource.Properties[property]);
  if (typeof given === 'string') return given;
  const derived = `${stack.name}-${logicalId}`;
  return resource.Type === 'AWS::S3::Bucket' ? bucketName(derived) : derived;
};

const regional = (service: string, resource: string) => (stack: Stack, name: string) =>
  `arn:${PARTITION}:${service}:${stack.region}:${ACCOUNT}:${resource}${name}`;

type Attribute = (stack: Stack, name: string) => string;

const TABLE_ATTRIBUTES: Readonly<Record<string, Attribute>> = {
  Arn: regional('dynamodb', 'table/'),
  StreamArn: (stack, name) => `${regional('dynamodb', 'table/')(stack, name)}/stream/local`,
};

/** What Fn::GetAtt gives, by type and attribute. */
const ATTRIBUTES: Readonly<Record<string, Readonly<Record<string, Attribute>>>> = {
  'AWS::ApiGateway::RestApi': {
    RestApiId: (_stack, name) => name,
    RootResourceId: (_stack, name) => `${name}-root`,
  },
  'AWS::DynamoDB::GlobalTable': TABLE_ATTRIBUTES,
  'AWS::DynamoDB::Table': TABLE_ATTRIBUTES,
  'AWS::Events::Rule': { Arn: regional('events', 'rule/') },
  'AWS::IAM::Role': { Arn: (_stack, name) => `arn:${PARTITION}:iam::${ACCOUNT}:role/${name}` },
  'AWS::KMS::Key': { Arn: regional('kms', 'key/'), KeyId: (_stack, name) => name },
  'AWS::Lambda::Function': { Arn: regional('lambda', 'function:') },
  'AWS::Lambda::Version': { Version: () => '1' },
  'AWS::Logs::LogGroup': { Arn: (stack, name) => `${regional('logs', 'log-group:')(stack, name)}:*` },
  'AWS::S3::Bucket': {
    Arn: (_stack, name) => `arn:${PARTITION}:s3:::${name}`,
    DomainName: (_stack, name) => `${name}.s3.${URL_SUFFIX}`,
    RegionalDomainName: (stack, name) => `${name}.s3.${stack.region}.${URL_SUFFIX}`,
  },
  'AWS::Scheduler::Schedule': { Arn: regional('scheduler', 'schedule/default/') },
  'AWS::SNS::Topic': { TopicArn: regional('sns', ''), TopicName: (_stack, name) => name },
  'AWS::SQS::Queue': { Arn: regional('sqs', ''), QueueName: (_stack, name) => name },
};

/** The ARN of what qualifies a function: an alias by its name, a version by its number, which is 1 as nothing is published here. */
const qualifiedFunction = (stack: Stack, { Properties }: Resource, resolve: Resolve): string =>
  regional('lambda', 'function:')(
    stack,
    `${String(resolve(Properties['FunctionName']))}:${String(resolve(Properties['Name'] ?? '1'))}`,
  );

/** What Ref gives: the physical name for nearly every type, an ARN or URL for a few. */
export const reference = (stack: Stack, logicalId: string, resource: Resource, resolve: Resolve): string => {
  const name = physicalName(stack, logicalId, resource, resolve);
  if (resource.Type === 'AWS::SNS::Topic') return regional('sns', '')(stack, name);
  if (resource.Type === 'AWS::SQS::Queue') return `https://sqs.${stack.region}.${URL_SUFFIX}/${ACCOUNT}/${name}`;
  if (resource.Type === 'AWS::Lambda::Alias' || resource.Type === 'AWS::Lambda::Version') {
    return qualifiedFunction(stack, resource, resolve);
  }
  return name;
};

/** An attribute of a resource; undefined when this machine does not know it. */
export const attribute = (
  stack: Stack,
  logicalId: string,
  resource: Resource,
  name: string,
  resolve: Resolve,
): string | undefined => ATTRIBUTES[resource.Type]?.[name]?.(stack, physicalName(stack, logicalId, resource, resolve));
