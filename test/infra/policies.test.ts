import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { failureQueueName, functionLogGroupName, pascalCase, tableName } from '../../infra/names.ts';
import { STAGES } from '../../infra/stages.ts';
import { effectiveUses } from '../../shared/contracts/effective-uses.ts';
import { JOBS, type StreamSource } from '../../shared/contracts/jobs.ts';
import { ENDPOINTS, FALLBACK_FUNCTION } from '../../shared/contracts/registry.ts';
import {
  BUCKET_ACTIONS,
  BUCKET_NAMES,
  BUCKETS,
  SECRET_ACTIONS,
  SECRET_PURPOSE_NAMES,
  SECRET_PURPOSES,
  TABLE_ACTIONS,
  TABLE_NAMES,
  TABLES,
  type Uses,
} from '../../shared/contracts/resources.ts';
import { STAFF_ENDPOINTS, STAFF_FALLBACK_FUNCTION } from '../../shared/contracts/staff/registry.ts';
import { functionPolicies, grantsOf, type Statement } from './function-policies.ts';
import { textOf } from './intrinsics.ts';
import { synthesized } from './synthesized.ts';
import { type Resource, resourcesOf } from './templates.ts';

const stage = STAGES.prod;
const prod = await synthesized('prod');
const arn = (service: string, rest: string): string => `arn:aws:${service}:${stage.region}:<AWS::AccountId>:${rest}`;

const statementsOf = functionPolicies(prod);

const serviceOf = (service: string, statements: readonly Statement[]): readonly Statement[] =>
  statements.filter(({ actions }) => actions.some((action) => action.startsWith(`${service}:`)));

const usesSecretsKey = ({ resources }: Statement): boolean =>
  resources.some((resource) => /^<import bitgin-prod-data:.*GetAttSecretsKey/.test(resource));

const usesFingerprintsKey = ({ resources }: Statement): boolean =>
  resources.some((resource) => /^<import bitgin-prod-data:.*GetAttFingerprintsKey/.test(resource));

interface Granted {
  readonly id: string;
  readonly uses: Uses;
  readonly stream?: StreamSource | undefined;
  readonly isJob?: true;
}

const functions: readonly Granted[] = [
  ...[...ENDPOINTS, ...STAFF_ENDPOINTS].map((endpoint) => ({ id: endpoint.id, uses: effectiveUses(endpoint) })),
  { id: FALLBACK_FUNCTION.id, uses: {} },
  { id: STAFF_FALLBACK_FUNCTION.id, uses: {} },
  ...JOBS.map(({ id, uses, stream }) => ({ id, uses, stream, isJob: true as const })),
];

const isOfStream = ({ resources }: Statement): boolean => resources.some((resource) => /StreamArn/.test(resource));

describe.each(functions)('the policy of $id', ({ id, uses, stream, isJob }) => {
  const statements = statementsOf(id);

  it('allows exactly the declared table actions on exactly the declared tables', () => {
    const declared = TABLE_NAMES.flatMap((table) => {
      const actions = uses[table];
      return actions
        ? [[arn('dynamodb', `table/${tableName(stage, table)}`), actions.map((a) => TABLE_ACTIONS[a]).sort()]]
        : [];
    });
    const granted = serviceOf('dynamodb', statements).filter((statement) => !isOfStream(statement));
    expect(grantsOf(granted)).toEqual(Object.fromEntries(declared));
  });

  it('reads the stream that starts it and no other, and writes only to its own failure queue', () => {
    const reads = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'].map((one) => `dynamodb:${one}`);
    const ofStreams = serviceOf('dynamodb', statements).filter(isOfStream);
    expect(ofStreams.map(({ actions }) => actions)).toEqual(stream ? [reads] : []);
    const table = pascalCase(stream?.table ?? '');
    for (const { resources } of ofStreams) {
      expect(resources).toEqual([
        expect.stringMatching(new RegExp(`^<import .*GetAtt${table}Table\\w+StreamArn\\w+>$`)),
      ]);
    }
    const queue = { [arn('sqs', failureQueueName(stage, id))]: ['sqs:SendMessage'] };
    expect(grantsOf(serviceOf('sqs', statements))).toEqual(isJob ? queue : {});
  });

  it('uses the customer key only with a table or a bucket that has it, and only through its service', () => {
    const durable = TABLE_NAMES.filter((table) => TABLES[table].durable && (uses[table] ?? stream?.table === table));
    const keyStatements = serviceOf('kms', statements).filter(
      (statement) => !usesSecretsKey(statement) && !usesFingerprintsKey(statement),
    );
    // To delete an object takes no key.
    const isSealing = Object.values(uses.buckets ?? {}).some((actions) =>
      actions.some((action) => action !== 'delete'),
    );
    const services = [...(durable.length > 0 ? ['dynamodb'] : []), ...(isSealing ? ['s3'] : [])];
    expect(keyStatements.map(({ condition }) => condition)).toEqual(
      services.map((service) => ({ StringEquals: { 'kms:ViaService': `${service}.${stage.region}.amazonaws.com` } })),
    );
    for (const { resources } of keyStatements) {
      expect(resources).toEqual([expect.stringMatching(/^<import bitgin-prod-data:.*GetAttKey[0-9A-F]{8}Arn.*>$/)]);
    }
  });

  it('uses the key of secrets only for the declared purposes', () => {
    const declared = SECRET_PURPOSE_NAMES.flatMap((purpose) => {
      const actions = uses.secrets?.[purpose]?.map((action) => SECRET_ACTIONS[action]).sort();
      const condition = { StringEquals: { 'kms:EncryptionContext:purpose': SECRET_PURPOSES[purpose] } };
      return actions ? [{ actions, condition }] : [];
    });
    const granted = serviceOf('kms', statements).filter(usesSecretsKey);
    expect(granted.map(({ actions, condition }) => ({ actions: [...actions].sort(), condition }))).toEqual(declared);
  });

  it('makes fingerprints only where declared, and does nothing else with their key', () => {
    const granted = serviceOf('kms', statements).filter(usesFingerprintsKey);
    expect(granted.map(({ actions }) => actions)).toEqual(uses.fingerprints ? [['kms:GenerateMac']] : []);
  });

  it('sends mail only where declared, from the address of the stage', () => {
    const mail = serviceOf('ses', statements);
    const resources = ['configuration-set/bitgin-prod', 'identity/bitgin.example'].map((one) => arn('ses', one));
    const allowed = { actions: ['ses:SendEmail'], resources };
    expect(mail.map((one) => ({ actions: one.actions, resources: one.resources }))).toEqual(uses.mail ? [allowed] : []);
    for (const { condition } of mail) {
      expect(condition).toEqual({ StringEquals: { 'ses:FromAddress': 'no-reply@bitgin.example' } });
    }
  });

  it('does what it declares with objects under the prefix of a bucket, and nothing else', () => {
    const declared = BUCKET_NAMES.flatMap((bucket) => {
      const actions = uses.buckets?.[bucket];
      const { purpose, prefix } = BUCKETS[bucket];
      const objects = `arn:aws:s3:::bitgin-prod-${purpose}-<AWS::AccountId>/${prefix}*`;
      return actions ? [[objects, [...new Set(actions.map((action) => BUCKET_ACTIONS[action]))].sort()] as const] : [];
    });
    const granted = Object.entries(grantsOf(serviceOf('s3', statements)));
    const sorted = granted.map(([objects, actions]) => [objects, [...actions].sort()] as const);
    expect(Object.fromEntries(sorted)).toEqual(Object.fromEntries(declared));
  });

  it('writes only to streams of its own log group', () => {
    expect(grantsOf(serviceOf('logs', statements))).toEqual({
      [arn('logs', `log-group:${functionLogGroupName(stage, id)}:*`)]: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    });
  });

  it('has no wildcard but the listed exceptions, and no other service', () => {
    expect(statements.flatMap(({ actions }) => actions).filter((action) => action.includes('*'))).toEqual([]);
    const wild = statements.filter(({ resources }) => resources.some((resource) => resource.includes('*')));
    const beyondLogs = wild.filter((one) => [...serviceOf('logs', [one]), ...serviceOf('s3', [one])].length === 0);
    expect(grantsOf(beyondLogs)).toEqual({
      '*': [...(uses.sms ? ['sns:Publish'] : []), 'xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
    });
    const services = new Set(statements.flatMap(({ actions }) => actions.map((action) => action.split(':')[0])));
    expect(
      [...services].filter(
        (name) => !['dynamodb', 'kms', 's3', 'ses', 'sns', 'sqs', 'logs', 'xray'].includes(name ?? ''),
      ),
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

  it('beside those of functions are two: what CodeDeploy moves aliases with, and what API Gateway logs with', () => {
    const others = resourcesOf(prod, 'AWS::IAM::Role').filter((role) => !trustsLambda(role));
    const managed = others.flatMap(({ Properties }) => z.array(z.unknown()).parse(Properties['ManagedPolicyArns']));
    expect(managed.map(textOf)).toEqual([
      'arn:<AWS::Partition>:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited',
      'arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs',
    ]);
  });
});
