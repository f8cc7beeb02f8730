import { describe, expect, it } from '@jest/globals';
import { dynamodb } from '../../../../../infra/local/proxy/services/dynamodb.ts';

const REGION = 'ap-northeast-1';
const arn = (table: string): string => `arn:aws:dynamodb:${REGION}:000000000000:table/${table}`;
const KEY = 'arn:aws:kms:ap-northeast-1:000000000000:key/k';

const understand = (operation: string, payload: unknown, body = JSON.stringify(payload)) =>
  dynamodb.understand(
    {
      method: 'POST',
      target: '/',
      headers: { 'x-amz-target': `DynamoDB_20120810.${operation}` },
      body: Buffer.from(body),
      region: REGION,
    },
    (resource) => (resource === arn('local-users') ? KEY : undefined),
  );

/** Needs as `<action> <resource>`. */
const needs = (operation: string, payload: unknown): readonly string[] | string => {
  const understood = understand(operation, payload);
  return 'unknown' in understood
    ? understood.unknown
    : understood.needs.map(({ action, resource }) => `${action} ${resource}`);
};

const TableName = 'local-plain';

describe('the rights of a DynamoDB call', () => {
  it.each(
    `CreateBackup CreateTable DeleteItem DeleteTable DescribeContinuousBackups DescribeContributorInsights
    DescribeKinesisStreamingDestination DescribeTable DescribeTimeToLive GetItem PutItem Query Scan
    UpdateContinuousBackups UpdateItem UpdateTable UpdateTimeToLive`.split(/\s+/),
  )('are the action of that name on the table for %s', (operation) => {
    expect(needs(operation, { TableName })).toEqual([`dynamodb:${operation} ${arn(TableName)}`]);
  });

  it.each(['Query', 'Scan'])('are those on the index for %s of one', (operation) => {
    const expected = [`dynamodb:${operation} ${arn(TableName)}/index/by-owner`];
    expect(needs(operation, { TableName, IndexName: 'by-owner' })).toEqual(expected);
  });

  it.each(['BatchGetItem', 'BatchWriteItem'])('are those on each table for %s', (operation) => {
    const RequestItems = { 'local-a': [], 'local-b': [] };
    expect(needs(operation, { RequestItems })).toEqual([
      `dynamodb:${operation} ${arn('local-a')}`,
      `dynamodb:${operation} ${arn('local-b')}`,
    ]);
  });

  it.each([
    'TagResource',
    'UntagResource',
    'ListTagsOfResource',
    'GetResourcePolicy',
    'PutResourcePolicy',
    'DeleteResourcePolicy',
  ])('are those on the ARN for %s', (operation) => {
    expect(needs(operation, { ResourceArn: arn('x') })).toEqual([`dynamodb:${operation} ${arn('x')}`]);
  });

  it.each(['ListTables', 'DescribeLimits', 'DescribeEndpoints'])('are those on everything for %s', (operation) => {
    expect(needs(operation, {})).toEqual([`dynamodb:${operation} *`]);
  });

  it('are those of each item for a transaction, each once', () => {
    const item = { TableName };
    const TransactItems = [{ Put: item }, { Put: item }, { Update: item }, { Delete: item }, { ConditionCheck: item }];
    expect(needs('TransactWriteItems', { TransactItems })).toEqual([
      `dynamodb:PutItem ${arn(TableName)}`,
      `dynamodb:UpdateItem ${arn(TableName)}`,
      `dynamodb:DeleteItem ${arn(TableName)}`,
      `dynamodb:ConditionCheckItem ${arn(TableName)}`,
    ]);
    expect(needs('TransactGetItems', { TransactItems: [{ Get: item }] })).toEqual([
      `dynamodb:GetItem ${arn(TableName)}`,
    ]);
  });

  it('include those on the table’s customer key: reading decrypts, writing needs the rest', () => {
    const users = { TableName: 'local-users' };
    expect(needs('GetItem', users)).toEqual([`dynamodb:GetItem ${arn('local-users')}`, `kms:Decrypt ${KEY}`]);
    expect(needs('PutItem', users)).toEqual([
      `dynamodb:PutItem ${arn('local-users')}`,
      ...['Decrypt', 'DescribeKey', 'Encrypt', 'GenerateDataKey', 'ReEncryptFrom', 'ReEncryptTo'].map(
        (action) => `kms:${action} ${KEY}`,
      ),
    ]);
    expect(needs('DescribeTable', users)).toEqual([`dynamodb:DescribeTable ${arn('local-users')}`]);
    const understood = understand('GetItem', users);
    expect('needs' in understood && understood.needs[1]?.context).toEqual({
      'kms:ViaService': 'dynamodb.ap-northeast-1.amazonaws.com',
    });
  });

  it('take a table’s ARN for its name', () => {
    expect(needs('GetItem', { TableName: arn('local-plain') })).toEqual([`dynamodb:GetItem ${arn('local-plain')}`]);
  });

  it.each([
    ['ExecuteStatement', { Statement: 'SELECT * FROM x' }],
    ['NoSuchThing', { TableName }],
    ['constructor', { TableName }],
    ['GetItem', {}],
    ['GetItem', 'no object'],
    ['TransactWriteItems', { TransactItems: [] }],
    ['TransactWriteItems', { TransactItems: [{ Other: { TableName } }] }],
    ['BatchGetItem', { TableName }],
  ])('are not known for %s of %j', (operation, payload) => {
    expect(needs(operation, payload)).toContain(
      `does not know which rights the DynamoDB call "DynamoDB_20120810.${operation}`,
    );
  });

  it('are not known for a body that is no JSON', () => {
    expect(understand('GetItem', undefined, '{"TableName')).toHaveProperty('unknown');
  });
});
