import { describe, expect, it } from '@jest/globals';
import { createPolicy, type Need } from '../../../../../infra/local/proxy/iam/policy.ts';
import type { Statement } from '../../../../../infra/local/template/policies.ts';

const TABLE = 'arn:aws:dynamodb:ap-northeast-1:000000000000:table/users';

const statement = (changes: Partial<Statement> = {}): Statement => ({
  effect: 'Allow',
  actions: ['dynamodb:GetItem'],
  resources: [TABLE],
  conditions: [],
  unknownElements: [],
  ...changes,
});

const decide = (statements: readonly Statement[], need: Partial<Need> = {}) => {
  const warnings: string[] = [];
  const policy = createPolicy(statements, (sentence) => warnings.push(sentence));
  return { decision: policy({ action: 'dynamodb:GetItem', resource: TABLE, ...need }), warnings };
};

const via = (operator: string, ...values: string[]): Partial<Statement> => ({
  conditions: [{ operator, key: 'kms:ViaService', values }],
});

const purpose = (...values: string[]): Partial<Statement> => ({
  conditions: [{ operator: 'StringEquals', key: 'kms:EncryptionContext:purpose', values }],
});

describe('a policy', () => {
  it('allows what a statement allows, and nothing else', () => {
    expect(decide([statement()]).decision).toBe('allowed');
    expect(decide([]).decision).toBe('not allowed');
    expect(decide([statement()], { action: 'dynamodb:PutItem' }).decision).toBe('not allowed');
    expect(decide([statement()], { resource: `${TABLE}/index/a` }).decision).toBe('not allowed');
    expect(decide([statement()], { resource: TABLE.toUpperCase() }).decision).toBe('not allowed');
  });

  it('lets Deny win, wherever it stands', () => {
    const denial = statement({ effect: 'Deny', actions: ['dynamodb:*'] });
    expect(decide([denial, statement()]).decision).toBe('explicitly denied');
    expect(decide([statement(), denial]).decision).toBe('explicitly denied');
  });

  it.each([
    [['*'], ['*'], 'allowed'],
    [['dynamodb:Get*'], [`${TABLE}*`], 'allowed'],
    [['DYNAMODB:getitem'], [TABLE], 'allowed'],
    [['dynamodb:GetIte?'], [TABLE.replace('users', 'u?ers')], 'allowed'],
    [['dynamodb:Get?'], [TABLE], 'not allowed'],
    [['dynamodb:GetItem'], [TABLE.replace('arn:aws', 'arn.aws')], 'not allowed'],
    [['dynamodb:GetItem'], [TABLE.replaceAll(/./g, '.')], 'not allowed'],
  ])('matches actions %j on %j', (actions, resources, decision) => {
    expect(decide([statement({ actions, resources })]).decision).toBe(decision);
  });

  it.each([
    [via('StringEquals', 'dynamodb.x'), { 'kms:ViaService': 'dynamodb.x' }, 'allowed'],
    [via('StringEquals', 's3.x', 'dynamodb.x'), { 'kms:ViaService': 'dynamodb.x' }, 'allowed'],
    [via('StringEquals', 'dynamodb.*'), { 'kms:ViaService': 'dynamodb.x' }, 'not allowed'],
    [via('StringLike', 'dynamodb.*'), { 'kms:ViaService': 'dynamodb.x' }, 'allowed'],
    [via('StringEquals', 'dynamodb.x'), {}, 'not allowed'],
    [purpose('totp'), { 'kms:EncryptionContext:purpose': 'totp' }, 'allowed'],
    [purpose('totp'), { 'kms:EncryptionContext:purpose': 'kyc' }, 'not allowed'],
    [purpose('totp'), { 'kms:EncryptionContext:field': 'totp' }, 'not allowed'],
  ])('asks for every condition: %j of %j', (changes, context, decision) => {
    expect(decide([statement(changes)], { context })).toEqual({ decision, warnings: [] });
  });

  const UNKNOWN: readonly (readonly [string, Partial<Statement>, string])[] = [
    ['an operator', via('ForAllValues:StringEquals', 'x'), 'the condition ForAllValues:StringEquals on kms:ViaService'],
    [
      'a key',
      { conditions: [{ operator: 'StringEquals', key: 'aws:PrincipalTag/a', values: ['x'] }] },
      'the condition StringEquals on aws:PrincipalTag/a',
    ],
    ['an element', { unknownElements: ['NotAction'], actions: [] }, 'the element NotAction'],
    ['no action', { actions: [] }, 'no Action'],
    ['no resource', { resources: [] }, 'no Resource'],
  ];

  it.each(UNKNOWN)(
    'allows nothing by a statement with %s that it does not know, and says so',
    (_what, changes, part) => {
      const { decision, warnings } = decide([statement(changes)]);
      expect(decision).toBe('not allowed');
      expect(warnings).toEqual([expect.stringContaining(`the Allow of dynamodb:GetItem has ${part}`)]);
    },
  );

  it.each(UNKNOWN)('takes a Deny with %s that it does not know to apply, and says so', (_what, changes, part) => {
    const { decision, warnings } = decide([statement(), statement({ effect: 'Deny', ...changes })]);
    expect(decision).toBe('explicitly denied');
    expect(warnings).toEqual([expect.stringContaining(`the Deny of dynamodb:GetItem has ${part}`)]);
  });

  it('says nothing of an unknown statement that concerns something else', () => {
    const other = statement({ ...via('Bool', 'true'), actions: ['s3:GetObject'] });
    for (const effect of ['Allow', 'Deny'] as const) {
      expect(decide([statement(), { ...other, effect }])).toEqual({ decision: 'allowed', warnings: [] });
    }
  });
});
