import { DescribeTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DynamoDb, dynamoDbBinary, startDynamoDb } from '../../../../../infra/local/emulators/dynamodb.ts';
import { ensureTables } from '../../../../../infra/local/emulators/tables.ts';
import type { LocalTable } from '../../../../../infra/local/template/tables.ts';
import { TEST_CREDENTIALS } from '../../../../support/document-client.ts';
import { temporaryDirectory } from '../fixture-assembly.ts';

const WITHOUT: LocalTable = {
  name: 'table-of-before',
  region: 'local',
  create: {
    TableName: 'table-of-before',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  },
};

const WITH: LocalTable = {
  ...WITHOUT,
  create: { ...WITHOUT.create, StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' } },
};

let engine: DynamoDb;
let client: DynamoDBClient;

beforeAll(async () => {
  engine = await startDynamoDb({
    file: join(temporaryDirectory(), 'tables.db'),
    endpoint: process.env['DYNAMODB_ENDPOINT'],
    binary: dynamoDbBinary(),
  });
  client = new DynamoDBClient({ endpoint: engine.endpoint, region: 'local', credentials: TEST_CREDENTIALS });
});
afterAll(async () => {
  client.destroy();
  await engine.stop();
});

describe('ensureTables', () => {
  it('adds a stream to a table that has data, once', async () => {
    const streamArn = async () =>
      (await client.send(new DescribeTableCommand({ TableName: WITH.name }))).Table?.LatestStreamArn;
    await ensureTables(client, [WITHOUT]);
    await client.send(new PutItemCommand({ TableName: WITHOUT.name, Item: { pk: { S: 'kept' } } }));
    await expect(streamArn()).resolves.toBeUndefined();
    await ensureTables(client, [WITH]);
    const arn = await streamArn();
    expect(arn).toContain('/stream/');
    await ensureTables(client, [WITH]);
    await expect(streamArn()).resolves.toBe(arn);
    const { Item } = await client.send(new GetItemCommand({ TableName: WITH.name, Key: { pk: { S: 'kept' } } }));
    expect(Item).toBeDefined();
  });

  it('refuses other keys than the data have', async () => {
    const create = {
      ...WITHOUT.create,
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' as const }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' as const }],
    };
    await expect(ensureTables(client, [{ ...WITHOUT, create }])).rejects.toThrow('npm start -- --fresh');
  });
});
