import {
  BatchGetItemCommand,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { accessKeyOf } from '../../infra/local/workers/access-key.ts';
import { startTestStack, type TestStack } from '../support/local-stack.ts';

const TableName = 'bitgin-local-users';

let stack: TestStack;
const clients: DynamoDBClient[] = [];

const clientOf = (functionName: string): DynamoDBClient => {
  const { id, secret } = accessKeyOf(functionName);
  const credentials = { accessKeyId: id, secretAccessKey: secret };
  const client = new DynamoDBClient({
    region: 'ap-northeast-1',
    credentials,
    endpoint: stack.stack.endpoints.dynamodb,
  });
  clients.push(client);
  return client;
};

beforeAll(async () => {
  stack = await startTestStack();
}, 120_000);
afterEach(() => stack.fault({ service: 'dynamodb', mode: 'none' }));
afterAll(async () => {
  for (const client of clients) client.destroy();
  await stack.stop();
});

const keyOf = (name: string) => ({ pk: { S: name }, sk: { S: 'STALE' } });
const version = (name: string, n: number) => ({ ...keyOf(name), n: { N: String(n) } });

/** Login may get, put and update users. */
const actor = () => {
  const client = clientOf('bitgin-local-auth-login');
  return {
    client,
    put: (name: string, n: number) => client.send(new PutItemCommand({ TableName, Item: version(name, n) })),
    read: async (name: string, ConsistentRead?: boolean) =>
      (
        await client.send(
          new GetItemCommand({ TableName, Key: keyOf(name), ...(ConsistentRead && { ConsistentRead }) }),
        )
      ).Item,
  };
};

describe('stale reads', () => {
  it('answer with the version before the last write, and nothing for what is new', async () => {
    const { client, put, read } = actor();
    await put('old', 1);
    await stack.fault({ service: 'dynamodb', mode: 'stale' });
    expect(await read('old')).toEqual(version('old', 1));
    expect(await stack.struck('dynamodb')).toBe(0);
    const update = { UpdateExpression: 'SET n = :n', ExpressionAttributeValues: { ':n': { N: '2' } } };
    await client.send(new UpdateItemCommand({ TableName, Key: keyOf('old'), ...update }));
    await put('new', 1);
    expect(await read('old')).toEqual(version('old', 1));
    expect(await read('new')).toBeUndefined();
    expect(await stack.struck('dynamodb')).toBe(2);
    await put('old', 3);
    expect(await read('old')).toEqual(version('old', 2));
  });

  it('leave consistent reads alone', async () => {
    const { put, read } = actor();
    await stack.fault({ service: 'dynamodb', mode: 'stale' });
    await put('consistent', 1);
    expect(await read('consistent', true)).toEqual(version('consistent', 1));
    expect(await stack.struck('dynamodb')).toBe(0);
  });

  it('see neither writes of transactions nor deletions, and only what was asked for', async () => {
    const { client, put } = actor();
    await put('kept', 1);
    await stack.fault({ service: 'dynamodb', mode: 'stale' });
    const items = ['kept', 'transacted'].map((name) => ({ Put: { TableName, Item: version(name, 2) } }));
    await client.send(new TransactWriteItemsCommand({ TransactItems: items }));
    const reader = clientOf('bitgin-local-account-user');
    const Keys = ['kept', 'transacted', 'nobody'].map(keyOf);
    const names = { ProjectionExpression: '#n', ExpressionAttributeNames: { '#n': 'n' } };
    const read = async (request: object) =>
      (await reader.send(new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys, ...request } } }))).Responses;
    expect(await read({})).toEqual({ [TableName]: [version('kept', 1)] });
    expect(await read({ ...names, ConsistentRead: true })).toEqual({
      [TableName]: [{ n: { N: '2' } }, { n: { N: '2' } }],
    });
    const ending = clientOf('bitgin-local-auth-logout');
    await ending.send(new DeleteItemCommand({ TableName, Key: keyOf('kept') }));
    expect(await read({ ...names })).toEqual({ [TableName]: [{ n: { N: '2' } }] });
  });

  it('forget what they saw when the fault is taken away', async () => {
    const { put, read } = actor();
    await stack.fault({ service: 'dynamodb', mode: 'stale' });
    await put('forgotten', 1);
    await stack.fault({ service: 'dynamodb', mode: 'stale' });
    expect(await read('forgotten')).toEqual(version('forgotten', 1));
  });
});
