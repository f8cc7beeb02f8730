import { describe, expect, it } from '@jest/globals';
import { INTEGRATION_TIMEOUT_MILLIS } from '../../infra/limits.ts';
import { STAGE_NAMES, STAGES } from '../../infra/stages.ts';
import { GATEWAY_RESPONSE_CODES } from '../../shared/contracts/openapi/gateway.ts';
import { unheardAlarms } from './alarm-wiring.ts';
import { careProblems } from './care.ts';
import { synthesized } from './synthesized.ts';
import { resourcesOf, withProperties } from './templates.ts';

/** CloudFormation ends at 500. */
const RESOURCES = 400;

describe.each(STAGE_NAMES)('every template of %s', (stage) => {
  it('is closed, encrypted, forgets its logs and grants nothing at large', async () => {
    expect(careProblems(await synthesized(stage))).toEqual([]);
  });

  it('has no alarm that goes off unheard', async () => {
    const synthesis = await synthesized(stage);
    expect(unheardAlarms(synthesis)).toEqual([]);
    expect(resourcesOf(synthesis, 'AWS::CloudWatch::Alarm').length).toBeGreaterThan(25);
  });

  it(`has fewer than ${RESOURCES} resources`, async () => {
    const { templates } = await synthesized(stage);
    const sizes = Object.entries(templates).map(([id, { Resources }]) => [id, Object.keys(Resources).length] as const);
    expect(sizes.filter(([, size]) => size >= RESOURCES)).toEqual([]);
    expect(sizes.length).toBeGreaterThan(5);
  });

  it('ends functions before their gateway gives up', async () => {
    const synthesis = await synthesized(stage);
    const timeouts = resourcesOf(synthesis, 'AWS::Lambda::Function').map(({ Properties }) =>
      Number(Properties['Timeout']),
    );
    expect(Math.max(...timeouts) * 1_000).toBeLessThan(INTEGRATION_TIMEOUT_MILLIS);
    const waits = [...JSON.stringify(synthesis.templates).matchAll(/"timeoutInMillis":(\d+)/g)].map(([, wait]) =>
      Number(wait),
    );
    expect(new Set(waits)).toEqual(new Set([INTEGRATION_TIMEOUT_MILLIS]));
  });

  it('tells browsers to come by TLS alone wherever TLS is how it is reached, in what the gateways answer themselves', async () => {
    const apis = resourcesOf(await synthesized(stage), 'AWS::ApiGateway::RestApi').map(({ Properties }) =>
      JSON.stringify(Properties['Body']),
    );
    const times = apis.map((body) => body.split('gatewayresponse.header.strict-transport-security').length - 1);
    const types = Object.keys(GATEWAY_RESPONSE_CODES).length;
    expect(times).toEqual(STAGES[stage].cookieSecure ? [types, types] : [0, 0]);
  });

  it('lets the stage’s own front-ends post to the bucket of documents, and nobody else', async () => {
    const rules = resourcesOf(await synthesized(stage), 'AWS::S3::Bucket').flatMap(({ Properties }) =>
      'CorsConfiguration' in Properties ? [Properties['CorsConfiguration']] : [],
    );
    expect(rules).toMatchObject([
      { CorsRules: [{ AllowedMethods: ['POST'], AllowedOrigins: STAGES[stage].allowedOrigins }] },
    ]);
    expect(STAGES[stage].allowedOrigins.filter((origin) => origin.includes('*'))).toEqual([]);
  });
});

const prod = await synthesized('prod');

const policy = (statement: Readonly<Record<string, unknown>>) => ({
  PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: 'arn:one', ...statement }] },
});

describe('the check of all this', () => {
  it.each([
    ['AWS::S3::Bucket', { PublicAccessBlockConfiguration: { BlockPublicAcls: true } }, /is open to the public/],
    ['AWS::S3::Bucket', { BucketEncryption: undefined }, /is not encrypted/],
    ['AWS::S3::BucketPolicy', policy({}), /lets callers come without TLS/],
    ['AWS::S3::BucketPolicy', policy({ Principal: { AWS: '*' } }), /lets everybody in/],
    ['AWS::SNS::Topic', { KmsMasterKeyId: undefined }, /is not encrypted/],
    ['AWS::SNS::TopicPolicy', policy({ Principal: '*' }), /lets everybody in/],
    ['AWS::SNS::TopicPolicy', { Topics: [] }, /has no policy/],
    ['AWS::IAM::Role', { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] }, /AdministratorAccess/],
    ['AWS::IAM::Role', { Policies: [{ PolicyName: 'more' }] }, /has rights inline/],
    ['AWS::SQS::Queue', { SqsManagedSseEnabled: false }, /is not encrypted/],
    ['AWS::SQS::QueuePolicy', policy({}), /lets callers come without TLS/],
    ['AWS::DynamoDB::GlobalTable', { SSESpecification: undefined }, /is not encrypted/],
    ['AWS::ApiGateway::RestApi', { SecurityPolicy: undefined }, /takes old TLS/],
    ['AWS::Logs::LogGroup', { RetentionInDays: undefined }, /keeps its events for ever/],
    ['AWS::IAM::Policy', policy({ Action: 'dynamodb:*' }), /allows dynamodb:\* /],
    ['AWS::IAM::Policy', policy({ Resource: '*' }), /allows dynamodb:GetItem on \*/],
    ['AWS::IAM::Policy', policy({ Resource: 'arn:aws:s3:::b/*' }), /allows dynamodb:GetItem on arn/],
  ])('sees it where %s has %j', (type, properties, problem) => {
    expect(
      careProblems(withProperties(prod, type, properties)).filter((one) => problem.test(one)).length,
    ).toBeGreaterThan(0);
  });
});

describe('the check of alarms', () => {
  it.each([
    ['AWS::CloudWatch::Alarm', { AlarmActions: [] }],
    ['AWS::CloudWatch::Alarm', { AlarmActions: [{ Ref: 'Key' }] }],
    ['AWS::CloudWatch::Alarm', { OKActions: undefined }],
    ['AWS::CodeDeploy::DeploymentGroup', { AlarmConfiguration: { Enabled: false, Alarms: [] } }],
    [
      'AWS::CodeDeploy::DeploymentGroup',
      { AutoRollbackConfiguration: { Enabled: true, Events: ['DEPLOYMENT_FAILURE'] } },
    ],
  ])('sees it where %s has %j', (type, properties) => {
    expect(unheardAlarms(withProperties(prod, type, properties)).length).toBeGreaterThan(0);
  });
});
