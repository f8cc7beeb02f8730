import { describe, expect, it } from '@jest/globals';
import { parseTemplate, type Stack } from '../../../../../infra/local/template/assembly.ts';
import { customerKeysOf } from '../../../../../infra/local/template/encryption.ts';
import { policiesOf } from '../../../../../infra/local/template/policies.ts';

const stackOf = (Resources: object): Stack => ({ name: 'app', region: 'eu-x', template: parseTemplate({ Resources }) });

const ALLOW = { Effect: 'Allow', Action: 'a:One', Resource: '*' };
const policy = (Statement: unknown) => ({ PolicyName: 'p', PolicyDocument: { Version: '2012-10-17', Statement } });

const lambda = (role: string) => ({
  Type: 'AWS::Lambda::Function',
  Properties: { FunctionName: role.toLowerCase(), Role: { 'Fn::GetAtt': [role, 'Arn'] } },
});

describe('policiesOf', () => {
  it('joins inline and attached policies of a function’s role, and no other’s', () => {
    const policies = policiesOf([
      stackOf({
        Mine: { Type: 'AWS::IAM::Role', Properties: { Policies: [policy(ALLOW)] } },
        Other: { Type: 'AWS::IAM::Role' },
        Attached: {
          Type: 'AWS::IAM::Policy',
          Properties: {
            ...policy([{ Effect: 'Deny', Sid: 'x', Action: ['a:Two'], Resource: { 'Fn::Sub': 'arn:${AWS::Region}' } }]),
            Roles: [{ Ref: 'Mine' }],
          },
        },
        F: lambda('Mine'),
        G: lambda('Other'),
      }),
    ]);
    expect(policies.get('mine')).toEqual({
      roleName: 'app-Mine',
      statements: [
        { effect: 'Allow', actions: ['a:One'], resources: ['*'], conditions: [], unknownElements: [] },
        { effect: 'Deny', actions: ['a:Two'], resources: ['arn:eu-x'], conditions: [], unknownElements: [] },
      ],
    });
    expect(policies.get('other')).toEqual({ roleName: 'app-Other', statements: [] });
  });

  it('keeps conditions, and the names of elements that nobody here knows', () => {
    const Condition = { StringEquals: { 'a:b': ['x', 'y'] }, Bool: { 'a:c': true } };
    const statement = { Effect: 'Allow', NotAction: 'a:*', Resource: '*', Condition };
    const policies = policiesOf([
      stackOf({ Mine: { Type: 'AWS::IAM::Role', Properties: { Policies: [policy(statement)] } }, F: lambda('Mine') }),
    ]);
    expect(policies.get('mine')?.statements[0]).toMatchObject({
      conditions: [
        { operator: 'StringEquals', key: 'a:b', values: ['x', 'y'] },
        { operator: 'Bool', key: 'a:c', values: ['true'] },
      ],
      unknownElements: ['NotAction'],
    });
  });
});

describe('customerKeysOf', () => {
  it('finds the keys of tables of either kind and of buckets', () => {
    const KMSMasterKeyId = { 'Fn::GetAtt': ['Key', 'Arn'] };
    const rule = { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: { Ref: 'Key' } } };
    const keys = customerKeysOf([
      stackOf({
        Key: { Type: 'AWS::KMS::Key' },
        Global: {
          Type: 'AWS::DynamoDB::GlobalTable',
          Properties: { TableName: 'g', Replicas: [{ Region: 'eu-x', SSESpecification: { KMSMasterKeyId } }] },
        },
        Plain: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'p', SSESpecification: { SSEEnabled: true } } },
        Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 't', SSESpecification: { KMSMasterKeyId } } },
        Bucket: {
          Type: 'AWS::S3::Bucket',
          Properties: { BucketName: 'b', BucketEncryption: { ServerSideEncryptionConfiguration: [rule] } },
        },
        Open: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'o' } },
      }),
    ]);
    const key = 'arn:aws:kms:eu-x:000000000000:key/app-Key';
    expect([...keys]).toEqual([
      ['arn:aws:dynamodb:eu-x:000000000000:table/g', key],
      ['arn:aws:dynamodb:eu-x:000000000000:table/t', key],
      ['arn:aws:s3:::b', key],
    ]);
  });
});
