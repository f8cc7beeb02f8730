import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import type { EndpointSpec } from '../../shared/contracts/endpoint.ts';
import { time } from '../../shared/contracts/endpoints/service/time.ts';
import { textOf } from './intrinsics.ts';
import { synthesize } from './synthesis.ts';
import { resourcesOf } from './templates.ts';

const statement = z.object({
  Action: z.union([z.string(), z.array(z.string())]),
  Resource: z.unknown(),
  Condition: z.unknown().optional(),
});
const policy = z.object({ PolicyDocument: z.object({ Statement: z.array(statement) }) });
const lambda = z.object({ Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }) });

/** Functions that differ in what they declare, each in a domain and so in a stack of its own. */
const DECLARED = {
  keeper: { secrets: { totp: ['encrypt', 'decrypt'] } },
  reader: { secrets: { totp: ['decrypt'] } },
  both: { users: ['get'], secrets: { totp: ['decrypt'] } },
  marker: { fingerprints: { mobilePhone: ['mac'] } },
  neither: { ephemeral: ['get'] },
} as const satisfies Record<string, EndpointSpec['uses']>;

const endpointOf = (domain: string, uses: EndpointSpec['uses']): EndpointSpec => ({
  ...time,
  id: `${domain}.function`,
  path: `/v1/${domain}`,
  uses,
});

const endpoints = Object.entries(DECLARED).map(([domain, uses]) => endpointOf(domain, uses));

const app = synthesize('prod', endpoints);

/** The statements about KMS of the one function, and its environment. */
const deployed = (domain: keyof typeof DECLARED) => {
  const stack = `${domain.charAt(0).toUpperCase()}${domain.slice(1)}Functions`;
  const resources = Object.values(app.templates[stack]?.Resources ?? {});
  const propertiesOf = (type: string) =>
    resources.filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
  const statements = propertiesOf('AWS::IAM::Policy').flatMap((one) => policy.parse(one).PolicyDocument.Statement);
  return {
    statements: statements.filter(({ Action }) => [Action].flat().some((action) => action.startsWith('kms:'))),
    variables: lambda.parse(propertiesOf('AWS::Lambda::Function')[0]).Environment.Variables,
  };
};

const ofPurpose = { StringEquals: { 'kms:EncryptionContext:purpose': 'totp' } };

describe('a function with secrets', () => {
  it('may do what it declares with the key of secrets, for its purpose only', () => {
    const { statements } = deployed('keeper');
    expect(statements).toEqual([
      { Action: ['kms:Decrypt', 'kms:Encrypt'], Resource: expect.anything(), Condition: ofPurpose },
    ]);
    expect(textOf(statements[0]?.Resource)).toMatch(/^<import bitgin-prod-data:.*GetAttSecretsKey\w+Arn/);
  });

  it('that only reads them may not write any', () => {
    expect(deployed('reader').statements).toEqual([
      { Action: 'kms:Decrypt', Resource: expect.anything(), Condition: ofPurpose },
    ]);
  });

  it('calls their key by the alias that the data stack gives it', () => {
    const { variables } = deployed('reader');
    const key = variables['SECRETS_KEY'];
    expect(key).toBe('alias/bitgin-prod-secrets');
    const alias = resourcesOf(app, 'AWS::KMS::Alias').find(({ Properties }) => Properties['AliasName'] === key);
    expect(textOf(alias?.Properties['TargetKeyId'])).toMatch(/^<SecretsKey\w+\.Arn>$/);
  });

  it('shares no statement with the tables, whose key is another', () => {
    const { statements } = deployed('both');
    const resources = statements.map(({ Resource }) => textOf(Resource));
    expect(resources).toHaveLength(2);
    expect(new Set(resources).size).toBe(2);
  });
});

describe('a function with fingerprints', () => {
  it('may make them with their key, which it calls by the alias that the data stack gives it, and no more', () => {
    const { statements, variables } = deployed('marker');
    expect(statements).toEqual([{ Action: 'kms:GenerateMac', Resource: expect.anything() }]);
    expect(textOf(statements[0]?.Resource)).toMatch(/^<import bitgin-prod-data:.*GetAttFingerprintsKey\w+Arn/);
    const key = variables['FINGERPRINTS_KEY'];
    expect(key).toBe('alias/bitgin-prod-fingerprints-1');
    const alias = resourcesOf(app, 'AWS::KMS::Alias').find(({ Properties }) => Properties['AliasName'] === key);
    expect(textOf(alias?.Properties['TargetKeyId'])).toMatch(/^<FingerprintsKey\w+\.Arn>$/);
    expect(variables).not.toHaveProperty('SECRETS_KEY');
  });
});

describe('a function without secrets', () => {
  it('neither may use their key nor knows it', () => {
    const { statements, variables } = deployed('neither');
    expect(statements).toEqual([]);
    expect(variables).not.toHaveProperty('SECRETS_KEY');
  });
});
