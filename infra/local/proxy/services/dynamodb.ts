import * as z from 'zod';
import { type TableAccess, needsOf } from './dynamodb-needs.ts';
import { headerOf, type NotUnderstood, type Service, shortName, type Understood } from './service.ts';

const named = z.object({ TableName: z.string() });

/** The members that tell what a call touches; the rest passes through unread. */
const members = z.object({
  TableName: z.string().optional(),
  IndexName: z.string().optional(),
  ResourceArn: z.string().optional(),
  RequestItems: z.record(z.string(), z.unknown()).optional(),
  TransactItems: z.array(z.record(z.string(), named)).optional(),
});

type Members = z.output<typeof members>;

/** What a transaction's items are called in policies. */
const TRANSACTION_ACTIONS: Readonly<Record<string, string>> = {
  ConditionCheck: 'dynamodb:ConditionCheckItem',
  Delete: 'dynamodb:DeleteItem',
  Get: 'dynamodb:GetItem',
  Put: 'dynamodb:PutItem',
  Update: 'dynamodb:UpdateItem',
};

/** Undefined when the call does not say what the operation needs to know. */
type Touches = (action: string, call: Members) => readonly TableAccess[] | undefined;

const table: Touches = (action, { TableName, IndexName }) =>
  TableName === undefined ? undefined : [{ action, table: TableName, index: IndexName }];

const resource: Touches = (action, { ResourceArn }) =>
  ResourceArn === undefined ? undefined : [{ action, table: ResourceArn }];

const batch: Touches = (action, { RequestItems }) =>
  RequestItems && Object.keys(RequestItems).map((name) => ({ action, table: name }));

const transaction: Touches = (_action, { TransactItems }) => {
  const items = (TransactItems ?? []).flatMap((item) => Object.entries(item));
  const accesses = items.flatMap(([kind, { TableName }]) => {
    const action = TRANSACTION_ACTIONS[kind];
    return action === undefined ? [] : [{ action, table: TableName }];
  });
  return accesses.length === 0 || accesses.length < items.length ? undefined : accesses;
};

/** Operations that concern no table in particular: policies name them on `*`. */
const account: Touches = (action) => [{ action, table: '*' }];

/** PartiQL is missing on purpose: its rights follow from statements that nobody here parses, so it is refused. */
const OPERATIONS: Readonly<Record<string, Touches>> = {
  BatchGetItem: batch,
  BatchWriteItem: batch,
  CreateBackup: table,
  CreateTable: table,
  DeleteItem: table,
  DeleteResourcePolicy: resource,
  DeleteTable: table,
  DescribeContinuousBackups: table,
  DescribeContributorInsights: table,
  DescribeEndpoints: account,
  DescribeKinesisStreamingDestination: table,
  DescribeLimits: account,
  DescribeTable: table,
  DescribeTimeToLive: table,
  GetItem: table,
  GetResourcePolicy: resource,
  ListTables: account,
  ListTagsOfResource: resource,
  PutItem: table,
  PutResourcePolicy: resource,
  Query: table,
  Scan: table,
  TagResource: resource,
  TransactGetItems: transaction,
  TransactWriteItems: transaction,
  UntagResource: resource,
  UpdateContinuousBackups: table,
  UpdateItem: table,
  UpdateTable: table,
  UpdateTimeToLive: table,
};

const API_VERSION = 'DynamoDB_20120810.';

const parse = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
};

/** The same table is judged once for each action, however many items of it a call names. */
const distinct = (accesses: readonly TableAccess[]): readonly TableAccess[] => [
  ...new Map(accesses.map((access) => [`${access.action} ${access.table}`, access])).values(),
];

const notUnderstood = (target: string): NotUnderstood => ({
  unknown: `The local stack does not know which rights the DynamoDB call "${target}" needs, so it is refused.`,
});

/** DynamoDB's JSON protocol. */
export const dynamodb: Service = {
  readsBody: true,
  understand: (call, customerKeyOf): Understood | NotUnderstood => {
    const target = headerOf(call, 'x-amz-target');
    const operation = target.startsWith(API_VERSION) ? target.slice(API_VERSION.length) : '';
    const touches = Object.hasOwn(OPERATIONS, operation) ? OPERATIONS[operation] : undefined;
    if (touches === undefined) return notUnderstood(target);
    const payload = parse(call.body);
    const parsed = members.safeParse(payload);
    const accesses = parsed.success ? touches(`dynamodb:${operation}`, parsed.data) : undefined;
    if (accesses === undefined) return notUnderstood(target);
    const once = distinct(accesses);
    return {
      operation,
      subject: [...new Set(once.map((access) => shortName(access.table)))].join(' '),
      needs: once.flatMap((access) => needsOf(access, call.region, customerKeyOf)),
      payload,
    };
  },
};
