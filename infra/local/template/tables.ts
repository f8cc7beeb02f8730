import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { Stack } from './assembly.ts';
import { type DeployedResource, resourcesOf } from './resources.ts';

/** A table as its template declares it. */
export interface LocalTable {
  readonly name: string;
  readonly region: string;
  readonly create: CreateTableCommandInput;
  readonly timeToLiveAttribute?: string;
}

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));

const index = z.object({
  IndexName: z.string(),
  KeySchema: keySchema,
  Projection: z.object({
    ProjectionType: z.enum(['ALL', 'INCLUDE', 'KEYS_ONLY']),
    NonKeyAttributes: z.array(z.string()).optional(),
  }),
});

const properties = z.object({
  KeySchema: keySchema,
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  GlobalSecondaryIndexes: z.array(index).optional(),
  LocalSecondaryIndexes: z.array(index).optional(),
  StreamSpecification: z
    .object({ StreamViewType: z.enum(['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES']) })
    .optional(),
  TimeToLiveSpecification: z.object({ AttributeName: z.string().optional(), Enabled: z.boolean() }).optional(),
});

type Index = z.output<typeof index>;

const indexInput = ({ IndexName, KeySchema, Projection: { ProjectionType, NonKeyAttributes } }: Index) => ({
  IndexName,
  KeySchema,
  Projection: { ProjectionType, ...(NonKeyAttributes && { NonKeyAttributes }) },
});

const createInput = (name: string, declared: z.output<typeof properties>): CreateTableCommandInput => ({
  TableName: name,
  KeySchema: declared.KeySchema,
  AttributeDefinitions: declared.AttributeDefinitions,
  // Capacity is not emulated, so every table is on demand here.
  BillingMode: 'PAY_PER_REQUEST',
  ...(declared.GlobalSecondaryIndexes && { GlobalSecondaryIndexes: declared.GlobalSecondaryIndexes.map(indexInput) }),
  ...(declared.LocalSecondaryIndexes && { LocalSecondaryIndexes: declared.LocalSecondaryIndexes.map(indexInput) }),
  ...(declared.StreamSpecification && {
    StreamSpecification: { StreamEnabled: true, StreamViewType: declared.StreamSpecification.StreamViewType },
  }),
});

const tableOf = ({ name, stack, properties: given }: DeployedResource): LocalTable => {
  const declared = properties.parse(given);
  const timeToLive = declared.TimeToLiveSpecification;
  return {
    name,
    region: stack.region,
    create: createInput(name, declared),
    ...(timeToLive?.Enabled && timeToLive.AttributeName && { timeToLiveAttribute: timeToLive.AttributeName }),
  };
};

/** The tables of all stacks, made by either of CDK's table constructs. */
export const tablesOf = (stacks: readonly Stack[]): readonly LocalTable[] =>
  resourcesOf(stacks, ['AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table']).map(tableOf);
