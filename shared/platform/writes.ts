import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** An item as it lies in the table. Stores parse it before they believe it. */
export type Item = Record<string, unknown>;

/** A DynamoDB condition expression with the names and values it mentions. */
export interface Condition {
  readonly condition: string;
  readonly names?: Readonly<Record<`#${string}`, string>>;
  readonly values?: Readonly<Record<`:${string}`, unknown>>;
}

/** A DynamoDB update expression, with or without condition. */
export interface UpdateSpec extends Partial<Condition> {
  readonly update: string;
}

/** A described write: an element of a transaction, or the whole of a single call. */
export type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

export const ABSENT: Condition = { condition: 'attribute_not_exists(pk)' };

const expression = ({ condition, names, values }: Partial<Condition>) => ({
  ...(condition && { ConditionExpression: condition, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const }),
  ...(names && { ExpressionAttributeNames: names }),
  ...(values && { ExpressionAttributeValues: values }),
});

export const put = (TableName: string, Item: Item, condition: Partial<Condition> = {}): Write => ({
  Put: { TableName, Item, ...expression(condition) },
});

export const update = (TableName: string, Key: Key, spec: UpdateSpec): Write => ({
  Update: { TableName, Key: { ...Key }, UpdateExpression: spec.update, ...expression(spec) },
});

export const deletion = (TableName: string, Key: Key, condition: Partial<Condition> = {}): Write => ({
  Delete: { TableName, Key: { ...Key }, ...expression(condition) },
});

export const check = (TableName: string, Key: Key, condition: Condition): Write => ({
  ConditionCheck: {
    TableName,
    Key: { ...Key },
    ConditionExpression: condition.condition,
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    ...(condition.names && { ExpressionAttributeNames: condition.names }),
    ...(condition.values && { ExpressionAttributeValues: condition.values }),
  },
});
