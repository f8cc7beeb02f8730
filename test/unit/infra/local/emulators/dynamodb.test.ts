import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DescribeTableCommand, DescribeTimeToLiveCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type DynamoDb, dynamoDbBinary, startDynamoDb } from '../../../../../infra/local/emulators/dynamodb.ts';
import { dynamoDbClient } from '../../../../../infra/local/emulators/emulators.ts';
import { deleteTables, ensureTables, requireSharedTables } from '../../../../../infra/local/emulators/tables.ts';
import { freePort } from '../../../../../infra/local/ports.ts';
import { readApplication } from '../../../../../infra/local/template/application.ts';
import { ECHO, temporaryDirectory, writeFixtureAssembly } from '../fixture-assembly.ts';

const { tables } = readApplication(writeFixtureAssembly({ fallback: ECHO }));
const file = join(temporaryDirectory(), 'tables.sqlite');

let dynamodb: DynamoDb;
let client: DynamoDBClient;

beforeAll(async () => {
  dynamodb = await startDynamoDb({ file, binary: dynamoDbBinary() });
  client = dynamoDbClient(dynamodb.endpoint, 'ap-northeast-1', { id: 'a', secret: 'b' });
});

afterAll(async () => {
  client.destroy();
  await dynamodb.stop();
});

describe('startDynamoDb', () => {
  it('says plainly that a platform has no engine, and what to do', async () => {
    await expect(startDynamoDb({ file, binary: undefined })).rejects.toThrow(
      /^There is no DynamoDB engine for \w+-\w+: .*DYNAMODB_ENDPOINT=http:\/\/127\.0\.0\.1:8000 npm start$/,
    );
  });

  it('uses another server when it answers', async () => {
    const other = await startDynamoDb({ file, endpoint: dynamodb.endpoint });
    expect(other).toMatchObject({ endpoint: dynamodb.endpoint, own: false });
    await other.stop();
  });

  it('says when no other server answers, or its address is none', async () => {
    const endpoint = `http://127.0.0.1:${await freePort()}`;
    await expect(startDynamoDb({ file, endpoint })).rejects.toThrow(`Nothing answers at ${endpoint}`);
    await expect(startDynamoDb({ file, endpoint: 'nowhere' })).rejects.toThrow('"nowhere", which is no URL');
  });

  it('shows what an engine printed that does not start', async () => {
    await expect(startDynamoDb({ file: '/nowhere/x.sqlite', binary: dynamoDbBinary() })).rejects.toThrow(
      /does not start/,
    );
  });
});

describe('ensureTables', () => {
  it('creates tables with index, stream and time to live, once', async () => {
    await ensureTables(client, tables);
    await ensureTables(client, tables);
    const TableName = 'fixture-ephemeral';
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    expect(Table).toMatchObject({
      GlobalSecondaryIndexes: [{ IndexName: 'by-owner' }],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
    });
    const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName }));
    expect(TimeToLiveDescription).toMatchObject({ AttributeName: 'ttl', TimeToLiveStatus: 'ENABLED' });
    await requireSharedTables(client, tables);
  });

  it('says that keys changed, and how to begin anew', async () => {
    const changed = tables.map((table) => ({
      ...table,
      create: { ...table.create, KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' as const }] },
    }));
    await expect(ensureTables(client, changed)).rejects.toThrow(
      /keys of table fixture-ephemeral changed.*npm start -- --fresh/s,
    );
  });

  it('tells a server that shows each caller other tables', async () => {
    await deleteTables(client, tables);
    await expect(requireSharedTables(client, tables)).rejects.toThrow('-sharedDb');
  });
});
