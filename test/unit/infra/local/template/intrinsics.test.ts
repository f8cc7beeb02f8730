import { describe, expect, it } from '@jest/globals';
import { parseTemplate, type Stack } from '../../../../../infra/local/template/assembly.ts';
import { createResolver } from '../../../../../infra/local/template/intrinsics.ts';

const stackOf = (name: string, template: unknown): Stack => ({
  name,
  region: 'ap-northeast-1',
  template: parseTemplate(template),
});

const data = stackOf('data', {
  Resources: {
    Users: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { TableName: { 'Fn::Sub': '${AWS::StackName}-users' } } },
    Unnamed: { Type: 'AWS::DynamoDB::GlobalTable' },
    Documents: { Type: 'AWS::S3::Bucket' },
    Key: { Type: 'AWS::KMS::Key' },
    Role: { Type: 'AWS::IAM::Role' },
  },
  Outputs: { UsersArn: { Value: { 'Fn::GetAtt': ['Users', 'Arn'] }, Export: { Name: 'data:UsersArn' } } },
});

const app = stackOf('app', {
  Parameters: {
    BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk/version' },
    Bare: { Type: 'String' },
  },
  Mappings: { Sizes: { small: { memory: 128 } } },
  Conditions: {
    IsTokyo: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'ap-northeast-1'] },
    IsNot: { 'Fn::Not': [{ Condition: 'IsTokyo' }] },
    Either: { 'Fn::Or': [{ Condition: 'IsTokyo' }, { Condition: 'IsNot' }] },
    Both: { 'Fn::And': [{ Condition: 'IsTokyo' }, { Condition: 'IsNot' }] },
  },
  Resources: { Topic: { Type: 'AWS::SNS::Topic' }, Odd: { Type: 'AWS::Odd::Thing' } },
});

const resolver = createResolver([data, app]);
const inData = (value: unknown): unknown => resolver(data, value);
const inApp = (value: unknown): unknown => resolver(app, value);

describe('intrinsic functions', () => {
  it.each([
    [{ Ref: 'AWS::Region' }, 'ap-northeast-1'],
    [{ Ref: 'AWS::AccountId' }, '000000000000'],
    [{ Ref: 'AWS::Partition' }, 'aws'],
    [{ Ref: 'AWS::URLSuffix' }, 'amazonaws.com'],
    [{ Ref: 'BootstrapVersion' }, '/cdk/version'],
    [{ 'Fn::ImportValue': 'data:UsersArn' }, 'arn:aws:dynamodb:ap-northeast-1:000000000000:table/data-users'],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'AWS::Region' }, 1]] }, 'a-ap-northeast-1-1'],
    [{ 'Fn::Select': ['1', { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
    [{ 'Fn::Sub': '${!Literal} ${AWS::Region} ${Topic.TopicName}' }, '${Literal} ap-northeast-1 app-Topic'],
    [{ 'Fn::Sub': ['${Own}/x', { Own: { Ref: 'AWS::AccountId' } }] }, '000000000000/x'],
    [{ 'Fn::If': ['IsTokyo', 'yes', { Ref: 'Missing' }] }, 'yes'],
    [{ 'Fn::If': ['Both', 1, 2] }, 2],
    [{ 'Fn::If': ['Either', 1, 2] }, 1],
    [{ 'Fn::FindInMap': ['Sizes', 'small', 'memory'] }, 128],
    [{ 'Fn::Base64': 'hi' }, 'aGk='],
    [{ Ref: 'Topic' }, 'arn:aws:sns:ap-northeast-1:000000000000:app-Topic'],
  ])('resolves %j', (value, expected) => {
    expect(inApp(value)).toStrictEqual(expected);
  });

  it('leaves out what is AWS::NoValue', () => {
    const none = { 'Fn::If': ['Both', 'x', { Ref: 'AWS::NoValue' }] };
    expect(inApp({ kept: 1, dropped: none, list: ['a', none] })).toStrictEqual({ kept: 1, list: ['a'] });
    expect(inApp(none)).toBeUndefined();
  });

  it('takes physical names from the template and derives those that it leaves out', () => {
    expect(inData({ Ref: 'Users' })).toBe('data-users');
    expect(inData({ Ref: 'Unnamed' })).toBe('data-Unnamed');
    expect(inData({ Ref: 'Documents' })).toBe('data-documents');
    expect(inData({ 'Fn::GetAtt': 'Role.Arn' })).toBe('arn:aws:iam::000000000000:role/data-Role');
    expect(inData({ 'Fn::GetAtt': ['Key', 'Arn'] })).toBe('arn:aws:kms:ap-northeast-1:000000000000:key/data-Key');
  });

  it('keeps a policy condition, which only looks like an intrinsic function', () => {
    const statement = { Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
    expect(inApp(statement)).toStrictEqual(statement);
  });

  it.each([
    [{ 'Fn::Cidr': [] }, 'Fn::Cidr'],
    [{ Ref: 'Missing' }, '"Missing"'],
    [{ Ref: 'Bare' }, '"Bare" has no default'],
    [{ 'Fn::GetAtt': ['Odd', 'Size'] }, '"Odd.Size"'],
    [{ 'Fn::ImportValue': 'nowhere' }, '"nowhere"'],
    [{ 'Fn::If': ['NoSuch', 1, 2] }, '"NoSuch"'],
    [{ 'Fn::Select': [3, ['a']] }, 'nothing at 3'],
    [{ 'Fn::FindInMap': ['Sizes', 'huge', 'memory'] }, 'Sizes.huge.memory'],
  ])('names what it does not know in %j', (value, name) => {
    expect(() => inApp(value)).toThrow(name);
  });
});
