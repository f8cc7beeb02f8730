import * as z from 'zod';
import type { Stack } from './assembly.ts';
import { aliasesOf, keyIdArn } from './keys.ts';
import { ACCOUNT, PARTITION } from './physical-names.ts';
import { type DeployedResource, resourcesOf } from './resources.ts';

const sse = z.object({ KMSMasterKeyId: z.string().optional() }).default({});

const table = z.object({
  SSESpecification: sse,
  Replicas: z.array(z.object({ Region: z.string(), SSESpecification: sse })).default([]),
});

const bucket = z.object({
  BucketEncryption: z
    .object({
      ServerSideEncryptionConfiguration: z.array(
        z.object({ ServerSideEncryptionByDefault: z.object({ KMSMasterKeyID: z.string().optional() }).default({}) }),
      ),
    })
    .default({ ServerSideEncryptionConfiguration: [] }),
});

const tableKey = ({ stack, properties }: DeployedResource): string | undefined => {
  const { SSESpecification, Replicas } = table.parse(properties);
  const replica = Replicas.find(({ Region }) => Region === stack.region);
  return replica?.SSESpecification.KMSMasterKeyId ?? SSESpecification.KMSMasterKeyId;
};

const bucketKey = ({ properties }: DeployedResource): string | undefined =>
  bucket.parse(properties).BucketEncryption.ServerSideEncryptionConfiguration[0]?.ServerSideEncryptionByDefault
    .KMSMasterKeyID;

const queue = z.object({ KmsMasterKeyId: z.string().optional() });

const queueKey = ({ properties }: DeployedResource): string | undefined => queue.parse(properties).KmsMasterKeyId;

/**
 * The customer keys of tables, buckets and queues, by the ARN of what they encrypt. Whoever reads or writes there needs
 * rights on the key too. Keys that AWS owns or manages need none. Aliases are in it too, with the keys that they stand for:
 * rights are on keys, whatever they are called by.
 */
export const customerKeysOf = (stacks: readonly Stack[]): ReadonlyMap<string, string> => {
  const tables = resourcesOf(stacks, ['AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table']).map((resource) => ({
    stack: resource.stack,
    arn: `arn:${PARTITION}:dynamodb:${resource.stack.region}:${ACCOUNT}:table/${resource.name}`,
    key: tableKey(resource),
  }));
  const buckets = resourcesOf(stacks, ['AWS::S3::Bucket']).map((resource) => ({
    stack: resource.stack,
    arn: `arn:${PARTITION}:s3:::${resource.name}`,
    key: bucketKey(resource),
  }));
  const queues = resourcesOf(stacks, ['AWS::SQS::Queue']).map((resource) => ({
    stack: resource.stack,
    arn: `arn:${PARTITION}:sqs:${resource.stack.region}:${ACCOUNT}:${resource.name}`,
    key: queueKey(resource),
  }));
  const aliases = aliasesOf(stacks);
  const encrypted = [...tables, ...buckets, ...queues].flatMap(({ stack, arn, key }): [string, string][] => {
    if (key === undefined) return [];
    const keyArn = keyIdArn(key, stack.region);
    return [[arn, aliases.get(keyArn) ?? keyArn]];
  });
  return new Map([...encrypted, ...aliases]);
};
