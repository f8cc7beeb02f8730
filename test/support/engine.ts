import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dynamoDbBinary, startDynamoDb } from '../../infra/local/emulators/dynamodb.ts';
import { TABLE_NAMES } from '../../shared/contracts/resources.ts';
import { documentClientFor, TEST_CREDENTIALS } from './document-client.ts';

/** A DynamoDB engine of its own for one test file, with every table of the system, empty. */
export interface Engine {
  readonly endpoint: string;
  readonly client: DynamoDBDocumentClient;
  readonly stop: () => Promise<void>;
}

/** Physical names: at least three characters, or the engine refuses them. */
export const testTable = (name: (typeof TABLE_NAMES)[number]): string => `test-${name}`;

const string = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });

const createTables = async (endpoint: string): Promise<void> => {
  const client = new DynamoDBClient({ endpoint, region: 'local', credentials: TEST_CREDENTIALS });
  for (const name of TABLE_NAMES) {
    const command = new CreateTableCommand({
      TableName: testTable(name),
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [string('pk'), string('sk')],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    });
    await client.send(command);
  }
  client.destroy();
};

export const startEngine = async (): Promise<Engine> => {
  const folder = await mkdtemp(join(tmpdir(), 'engine-'));
  const options = { file: join(folder, 'tables.db'), endpoint: process.env['DYNAMODB_ENDPOINT'] };
  const engine = await startDynamoDb({ ...options, binary: dynamoDbBinary() });
  await createTables(engine.endpoint);
  const client = documentClientFor(engine.endpoint);
  const stop = async (): Promise<void> => {
    client.destroy();
    await engine.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { endpoint: engine.endpoint, client, stop };
};
