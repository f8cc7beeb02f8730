import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { functionLogGroupName, functionName, tableName } from '../../infra/names.ts';
import { STAGES } from '../../infra/stages.ts';
import { effectiveUses } from '../../shared/contracts/endpoint.ts';
import { JOBS } from '../../shared/contracts/jobs.ts';
import { ENDPOINTS, FALLBACK_FUNCTION } from '../../shared/contracts/registry.ts';
import { TABLE_ACTIONS, TABLE_NAMES, TABLES, type Uses } from '../../shared/contracts/resources.ts';
import { textOf, textsOf } from './intrinsics.ts';
import { type Resource, resourcesOf, synthesize } from './synthesis.ts';

const policySchema = z.object({
  Roles: z.tuple([z.object({ Ref: z.string() })]),
  PolicyDocument: z.object({
    Statement: z.array(
      z.object({
        Effect: z.literal('Allow'),
        Action: z.union([z.string(), z.array(z.string())]),
        Resource: z.unknown(),
        Condition: z.unknown().optional(),
      }),
    ),
  }),
});

interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition: unknown;
}

const stage = STAGES.prod;
const prod = synthesize('prod');
const arn = (service: string, rest: string): string => `arn:aws:${service}:${stage.region}:<AWS::AccountId>:${rest}`;

/** Statements by the role that they are attached to. */
const statementsByRole = new Map<string, readonly Statement[]>();
for (const { Properties } of resourcesOf(prod, 'AWS::IAM::Policy')) {
  const { Roles, PolicyDocument } = policySchema.parse(Properties);
  const statements = PolicyDocument.Statement.map(({ Action, Resource, Condition }) => ({
    actions: textsOf(Action),
    resources: textsOf(Resource),
    condition: Condition,
  }));
  statementsByRole.set(Roles[0].Ref, statements);
}

const roleSchema = z.object({
  FunctionName: z.string(),
  Role: z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) }),
});

const statementsOf = (functionId: string): readonly Statement[] => {
  const fn = resourcesOf(prod, 'AWS::Lambda::Function')
    .map(({ Properties }) => roleSchema.parse(Properties))
    .find(({ FunctionName }) => FunctionName === functionName(stage, functionId));
  return (fn && statementsByRole.get(fn.Role['Fn::GetAtt'][0])) ?? [];
};

const serviceOf = (service: string, statements: readonly Statement[]): readonly Statement[] =>
  statements.filter(({ actions }) => actions.some((action) => action.startsWith(`${service}:`)));

/** `{ resource: actions }`, for comparison whatever the statements are merged into. */
const grantsOf = (statements: readonly Statement[]): Record<string, readonly string[]> => {
  const grants: Record<string, string[]> = {};
  for (const { actions, resources } of statements) {
    for (const resource of resources) grants[resource] = [...(grants[resource] ?? []), ...actions].sort();
  }
  return grants;
};

const functions: readonly { readonly id: string; readonly uses: Uses }[] = [
  ...ENDPOINTS.map((endpoint) => ({ id: endpoint.id, uses: effectiveUses(endpoint) })),
  { id: FALLBACK_FUNCTION.id, uses: {} },
  ...JOBS.map(({ id, uses }) => ({ id, uses })),
];

describe.each(functions)('the policy of $id', ({ id, uses }) => {
  const statements = statementsOf(id);

  it('allows exactly the declared table actions on exactly the declared tables', () => {
    const declared = TABLE_NAMES.flatMap((table) => {
      const actions = uses[table];
      return actions
        ? [[arn('dynamodb', `table/${tableName(stage, table)}`), actions.map((a) => TABLE_ACTIONS[a]).sort()]]
        : [];
    });
    expect(grantsOf(serviceOf('dynamodb', statements))).toEqual(Object.fromEntries(declared));
  });

  it('uses the customer key only with a table that has it, and only through DynamoDB', () => {
    const durable = TABLE_NAMES.filter((table) => TABLES[table].durable && uses[table]);
    const keyStatements = serviceOf('kms', statements);
    expect(keyStatements).toHaveLength(durable.length > 0 ? 1 : 0);
    for (const { resources, condition } of keyStatements) {
      expect(resources).toEqual([expect.stringMatching(/^<import bitgin-prod-data:.*Key.*Arn.*>$/)]);
      expect(condition).toEqual({ StringEquals: { 'kms:ViaService': `dynamodb.${stage.region}.amazonaws.com` } });
    }
  });

  it('sends mail only where declared, from the address of the stage', () => {
    const mail = serviceOf('ses', statements);
    const allowed = { actions: ['ses:SendEmail'], resources: [arn('ses', 'identity/bitgin.example')] };
    expect(mail.map(({ actions, resources }) => ({ actions, resources }))).toEqual(uses.mail ? [allowed] : []);
    for (const { condition } of mail) {
      expect(condition).toEqual({ StringEquals: { 'ses:FromAddress': 'no-reply@bitgin.example' } });
    }
  });

  it('writes only to streams of its own log group', () => {
    expect(grantsOf(serviceOf('logs', statements))).toEqual({
      [arn('logs', `log-group:${functionLogGroupName(stage, id)}:*`)]: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    });
  });

  it('has no wildcard but the listed exceptions, and no other service', () => {
    expect(statements.flatMap(({ actions }) => actions).filter((action) => action.includes('*'))).toEqual([]);
    const wild = statements.filter(({ resources }) => resources.some((resource) => resource.includes('*')));
    const beyondLogs = wild.filter((statement) => serviceOf('logs', [statement]).length === 0);
    expect(grantsOf(beyondLogs)).toEqual({
      '*': [...(uses.sms ? ['sns:Publish'] : []), 'xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
    });
    const services = new Set(statements.flatMap(({ actions }) => actions.map((action) => action.split(':')[0])));
    expect(
      [...services].filter((name) => !['dynamodb', 'kms', 'ses', 'sns', 'logs', 'xray'].includes(name ?? '')),
    ).toEqual([]);
  });
});

const trustsLambda = ({ Properties }: Resource): boolean => JSON.stringify(Properties).includes('lambda.amazonaws.com');

describe('the roles', () => {
  it('of functions carry no managed or inline policy', () => {
    const roles = resourcesOf(prod, 'AWS::IAM::Role').filter(trustsLambda);
    expect(roles).toHaveLength(functions.length);
    for (const { Properties } of roles) expect(Object.keys(Properties)).toEqual(['AssumeRolePolicyDocument']);
  });

  it('beside those of functions are one: what API Gateway logs with', () => {
    const others = resourcesOf(prod, 'AWS::IAM::Role').filter((role) => !trustsLambda(role));
    expect(others).toHaveLength(1);
    const managed = z.array(z.unknown()).parse(others[0]?.Properties['ManagedPolicyArns']);
    expect(managed.map(textOf)).toEqual([
      'arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs',
    ]);
  });
});
