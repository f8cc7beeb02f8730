import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

export const TEST_CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };

/** A client for tests that only describe writes: any call it makes is refused at once by a closed port. */
export const unusedDocumentClient = (): DynamoDBDocumentClient => documentClientFor('http://127.0.0.1:1');

/** A client of the engine at `endpoint`. */
export const documentClientFor = (endpoint: string): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(
    new DynamoDBClient({ endpoint, region: 'local', credentials: TEST_CREDENTIALS, maxAttempts: 1 }),
    { marshallOptions: { removeUndefinedValues: true } },
  );
