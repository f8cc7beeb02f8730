import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceNotFoundException,
  type TableDescription,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { StartError } from '../errors.ts';
import type { LocalTable } from '../template/tables.ts';

const TABLE_TIMEOUT_S = 20;

/** What identifies the keys of a table and its indexes, however the parts are ordered. */
const keysOf = (table: TableDescription | CreateTableCommandInput): string => {
  const types = new Map((table.AttributeDefinitions ?? []).map((one) => [one.AttributeName, one.AttributeType]));
  const schema = (keys: TableDescription['KeySchema']): string =>
    (keys ?? [])
      .map((key) => `${key.KeyType} ${key.AttributeName} ${types.get(key.AttributeName)}`)
      .sort()
      .join(', ');
  const indexes = [...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])];
  const parts = indexes.map((index) => `index ${index.IndexName}: ${schema(index.KeySchema)}`).sort();
  return [schema(table.KeySchema), ...parts].join('; ');
};

const describe = async (client: DynamoDBClient, name: string): Promise<TableDescription | undefined> => {
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
    return Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
};

const requireSameKeys = ({ name, create }: LocalTable, found: TableDescription): void => {
  const [wanted, kept] = [keysOf(create), keysOf(found)];
  if (wanted === kept) return;
  throw new StartError(
    `The keys of table ${name} changed since its data was written. Kept: ${kept}. Wanted: ${wanted}. ` +
      'Start again without the old data: npm start -- --fresh',
  );
};

/** A stream can be added to a table that has data, unlike a key. */
const ensureStream = async (client: DynamoDBClient, { name, create }: LocalTable, found: TableDescription) => {
  const { StreamSpecification } = create;
  if (StreamSpecification === undefined || found.StreamSpecification?.StreamEnabled) return;
  await client.send(new UpdateTableCommand({ TableName: name, StreamSpecification }));
};

const ensureTable = async (client: DynamoDBClient, table: LocalTable): Promise<void> => {
  const found = await describe(client, table.name);
  if (found) {
    requireSameKeys(table, found);
    return ensureStream(client, table, found);
  }
  await client.send(new CreateTableCommand(table.create));
  await waitUntilTableExists(
    { client, maxWaitTime: TABLE_TIMEOUT_S, minDelay: 1, maxDelay: 2 },
    { TableName: table.name },
  );
  if (table.timeToLiveAttribute === undefined) return;
  const timeToLive = { AttributeName: table.timeToLiveAttribute, Enabled: true };
  await client.send(new UpdateTimeToLiveCommand({ TableName: table.name, TimeToLiveSpecification: timeToLive }));
};

/**
 * Creates the tables that are missing, with their indexes, streams and time to live.
 *
 * @throws StartError when a table exists with other keys or indexes.
 */
export const ensureTables = async (client: DynamoDBClient, tables: readonly LocalTable[]): Promise<void> => {
  await Promise.all(tables.map((table) => ensureTable(client, table)));
};

/** Deletes the tables that exist. */
export const deleteTables = async (client: DynamoDBClient, tables: readonly LocalTable[]): Promise<void> => {
  const remove = async ({ name }: LocalTable): Promise<void> => {
    if (await describe(client, name)) await client.send(new DeleteTableCommand({ TableName: name }));
  };
  await Promise.all(tables.map(remove));
};

/**
 * Checks that callers with other access keys see the same tables: DynamoDB Local keeps a database
 * per access key unless it is told not to, and every function has a key of its own.
 */
export const requireSharedTables = async (
  otherCaller: DynamoDBClient,
  tables: readonly LocalTable[],
): Promise<void> => {
  const [table] = tables;
  if (table === undefined || (await describe(otherCaller, table.name))) return;
  throw new StartError(
    'The server at DYNAMODB_ENDPOINT shows each access key other tables. Start DynamoDB Local with -sharedDb.',
  );
};
