import { describe, expect, it } from '@jest/globals';
import { staleAnswer } from '../../../../../infra/local/proxy/faults/stale-answer.ts';
import { createVersions, type Item } from '../../../../../infra/local/proxy/faults/versions.ts';
import { writtenKeys } from '../../../../../infra/local/proxy/faults/written-keys.ts';

const TABLE = 'users';
const key = (name: string): Item => ({ pk: { S: name }, sk: { S: 'x' } });
const version = (name: string, n: number): Item => ({ ...key(name), n: { N: String(n) }, deep: { M: {} } });

/** Versions that saw "changed" written over its version 1, and "new" written for the first time. */
const seen = async () => {
  const read = () => Promise.resolve([{ table: TABLE, item: version('changed', 1) }]);
  const versions = createVersions(new Map([[TABLE, ['pk', 'sk']]]), read);
  const written = await versions.beforeWrite(['changed', 'new'].map((name) => ({ table: TABLE, key: key(name) })));
  written();
  return versions;
};

const NOW = ['changed', 'new', 'untouched'].map((name) => version(name, 2));

const ask = async (operation: string, payload: object, answer: unknown): Promise<unknown> => {
  const stale = staleAnswer({ operation, payload }, JSON.stringify(answer), await seen());
  return stale === undefined ? undefined : JSON.parse(stale);
};

describe('a stale answer', () => {
  it.each(['Query', 'Scan'])('to %s shows items as they were, without those that are new', async (operation) => {
    const stale = await ask(operation, { TableName: TABLE }, { Items: NOW, Count: 3, ScannedCount: 3 });
    expect(stale).toEqual({ Items: [version('changed', 1), version('untouched', 2)], Count: 2, ScannedCount: 3 });
  });

  it('has only the attributes that were asked for', async () => {
    const names = { '#n': 'n' };
    const asked = { TableName: TABLE, Key: key('changed'), ProjectionExpression: 'sk, #n, deep.a[0]' };
    const stale = await ask('GetItem', { ...asked, ExpressionAttributeNames: names }, { Item: version('changed', 2) });
    expect(stale).toEqual({ Item: { sk: { S: 'x' }, n: { N: '1' }, deep: { M: {} } } });
    const legacy = { TableName: TABLE, Key: key('changed'), AttributesToGet: ['n'] };
    expect(await ask('GetItem', legacy, {})).toEqual({ Item: { n: { N: '1' } } });
  });

  it.each([
    ['a consistent read', 'GetItem', { TableName: TABLE, Key: key('changed'), ConsistentRead: true }, {}],
    ['what nobody wrote', 'GetItem', { TableName: TABLE, Key: key('untouched') }, {}],
    ['a table that is not known', 'Query', { TableName: 'other' }, { Items: NOW, Count: 3 }],
    ['a count', 'Query', { TableName: TABLE, Select: 'COUNT' }, { Count: 3 }],
    ['a transaction', 'TransactGetItems', { TransactItems: [] }, { Responses: [] }],
    [
      'a consistent batch',
      'BatchGetItem',
      { RequestItems: { [TABLE]: { Keys: [key('new')], ConsistentRead: true } } },
      { Responses: {} },
    ],
  ])('is not given to %s', async (_what, operation, payload, answer) => {
    expect(await ask(operation, payload, answer)).toBeUndefined();
  });

  it('forgets what was written longest ago', async () => {
    const versions = createVersions(new Map([[TABLE, ['pk', 'sk']]]), () => Promise.resolve([]));
    const keyNumber = (index: number) => ({ table: TABLE, key: key(String(index)) });
    for (let index = 0; index <= 10_000; index += 1) (await versions.beforeWrite([keyNumber(index)]))();
    expect([0, 1, 10_000].map((index) => versions.previous(keyNumber(index)))).toEqual([undefined, null, null]);
    versions.clear();
    expect(versions.previous(keyNumber(1))).toBeUndefined();
  });
});

describe('writtenKeys', () => {
  const { keyOf } = createVersions(new Map([[TABLE, ['pk', 'sk']]]), () => Promise.resolve([]));
  const written = (operation: string, payload: object) =>
    writtenKeys(operation, payload, keyOf).map(({ key: found }) => found);

  it('finds the items of every operation that writes', () => {
    const TableName = TABLE;
    expect(written('PutItem', { TableName, Item: version('a', 1) })).toEqual([key('a')]);
    expect(written('UpdateItem', { TableName, Key: key('a') })).toEqual([key('a')]);
    expect(written('DeleteItem', { TableName, Key: key('a') })).toEqual([key('a')]);
    const requests = [{ PutRequest: { Item: version('a', 1) } }, { DeleteRequest: { Key: key('b') } }];
    expect(written('BatchWriteItem', { RequestItems: { [TABLE]: requests } })).toEqual([key('a'), key('b')]);
    const TransactItems = [
      { Put: { TableName, Item: version('a', 1) } },
      { ConditionCheck: { TableName, Key: key('b') } },
      { Delete: { TableName, Key: key('c') } },
    ];
    expect(written('TransactWriteItems', { TransactItems })).toEqual([key('a'), key('c')]);
    expect(written('GetItem', { TableName, Key: key('a') })).toEqual([]);
  });
});
