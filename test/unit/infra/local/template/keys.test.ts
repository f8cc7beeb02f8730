import { describe, expect, it } from '@jest/globals';
import { parseTemplate } from '../../../../../infra/local/template/assembly.ts';
import { customerKeysOf } from '../../../../../infra/local/template/encryption.ts';
import { aliasesOf, keyIdArn, keysOf } from '../../../../../infra/local/template/keys.ts';

const ARN = 'arn:aws:kms:r:000000000000:';

const stacks = (properties: object = {}) => [
  {
    name: 'app',
    region: 'r',
    template: parseTemplate({
      Resources: {
        Secrets: { Type: 'AWS::KMS::Key', Properties: { Description: 'Of secrets', ...properties } },
        Alias: {
          Type: 'AWS::KMS::Alias',
          Properties: { AliasName: 'alias/app-secrets', TargetKeyId: { 'Fn::GetAtt': ['Secrets', 'Arn'] } },
        },
        ById: {
          Type: 'AWS::KMS::Alias',
          Properties: { AliasName: 'alias/by-id', TargetKeyId: { Ref: 'Secrets' } },
        },
        Table: {
          Type: 'AWS::DynamoDB::Table',
          Properties: { TableName: 'app-users', SSESpecification: { KMSMasterKeyId: 'alias/app-secrets' } },
        },
      },
    }),
  },
];

describe('keysOf', () => {
  it('reads keys with what they are for and their aliases', () => {
    const aliases = [`${ARN}alias/app-secrets`, `${ARN}alias/by-id`];
    const key = { arn: `${ARN}key/app-Secrets`, spec: 'SYMMETRIC_DEFAULT', enabled: true, aliases };
    expect(keysOf(stacks())).toEqual([{ ...key, description: 'Of secrets' }]);
    expect(keysOf(stacks({ KeySpec: 'HMAC_256', Enabled: false }))[0]).toMatchObject({
      spec: 'HMAC_256',
      enabled: false,
    });
  });

  it('names the spec of a key that this machine cannot have', () => {
    expect(() => keysOf(stacks({ KeySpec: 'RSA_2048' }))).toThrow('The local KMS has no keys of the spec RSA_2048.');
  });
});

describe('aliases', () => {
  it('stand for keys, whether these are named by id or ARN', () => {
    expect([...aliasesOf(stacks())]).toEqual([
      [`${ARN}alias/app-secrets`, `${ARN}key/app-Secrets`],
      [`${ARN}alias/by-id`, `${ARN}key/app-Secrets`],
    ]);
  });

  it('are resolved where something is encrypted by one', () => {
    const keys = customerKeysOf(stacks());
    expect(keys.get('arn:aws:dynamodb:r:000000000000:table/app-users')).toBe(`${ARN}key/app-Secrets`);
    expect(keys.get(`${ARN}alias/by-id`)).toBe(`${ARN}key/app-Secrets`);
  });
});

describe('keyIdArn', () => {
  it.each([
    ['1234', `${ARN}key/1234`],
    ['alias/a', `${ARN}alias/a`],
    [`${ARN}key/1234`, `${ARN}key/1234`],
    [`${ARN}alias/a`, `${ARN}alias/a`],
  ])('makes of %s the ARN %s', (keyId, arn) => {
    expect(keyIdArn(keyId, 'r')).toBe(arn);
  });
});
