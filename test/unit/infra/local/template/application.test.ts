import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readApplication } from '../../../../../infra/local/template/application.ts';
import { withResources } from '../added-resources.ts';
import { ECHO, writeFixtureAssembly } from '../fixture-assembly.ts';

const edit = (directory: string, file: string, from: string, to: string): void => {
  const path = join(directory, file);
  const before = readFileSync(path, 'utf8');
  expect(before).toContain(from);
  writeFileSync(path, before.replaceAll(from, to));
};

describe('readApplication', () => {
  const directory = writeFixtureAssembly({ echo: { ...ECHO, timeoutSeconds: 7 }, fallback: ECHO });
  const application = readApplication(directory);

  it('reads tables with indexes, stream and time to live', () => {
    expect(application.tables).toHaveLength(1);
    expect(application.tables[0]).toMatchObject({
      name: 'fixture-ephemeral',
      region: 'ap-northeast-1',
      timeToLiveAttribute: 'ttl',
      create: {
        TableName: 'fixture-ephemeral',
        BillingMode: 'PAY_PER_REQUEST',
        GlobalSecondaryIndexes: [{ IndexName: 'by-owner', Projection: { ProjectionType: 'ALL' } }],
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
      },
    });
  });

  it('reads functions with environment, limits and bundle', () => {
    expect(application.functions[0]).toStrictEqual({
      name: 'fixture-echo',
      region: 'ap-northeast-1',
      arn: 'arn:aws:lambda:ap-northeast-1:000000000000:function:fixture-echo',
      aliases: [],
      directory: join(directory, 'asset.echo'),
      handler: 'index.handler',
      timeoutMs: 7_000,
      memoryMb: 256,
      environment: { EPHEMERAL_TABLE: 'fixture-ephemeral' },
      logGroup: '/aws/lambda/fixture-echo',
    });
  });

  it('reads the API with its stage, routes, binary types and gateway responses', () => {
    const { api } = application;
    expect(api.stage).toBe('api');
    expect(api.paths.map(({ path }) => path)).toStrictEqual(['/echo', '/fallback', '/only-get', '/{proxy+}']);
    expect(api.paths[0]?.methods.get('ANY')).toStrictEqual({ functionName: 'fixture-echo', timeoutMs: 3_000 });
    expect(api.binaryMediaTypes).toStrictEqual(['multipart/form-data']);
    expect(api.gatewayResponses.get('INTEGRATION_TIMEOUT')?.statusCode).toBe(408);
    expect(api.gatewayResponses.get('DEFAULT_4XX')?.statusCode).toBeUndefined();
  });

  it('reads the buckets', () => {
    expect(application.buckets).toStrictEqual(['fixture-documents']);
  });

  it('names a function that the API calls and no template has', () => {
    const broken = writeFixtureAssembly({ fallback: ECHO });
    edit(broken, 'functions.json', '"FunctionName":"fixture-fallback"', '"FunctionName":"other"');
    edit(broken, 'functions.json', '"Fn::GetAtt":["fallback","Arn"]', '"Fn::Sub":"arn:aws:lambda:x:0:function:gone"');
    expect(() => readApplication(broken)).toThrow('calls gone, which no template has');
  });

  it('takes routes, schedules and event sources by an alias to its function', () => {
    const assembly = writeFixtureAssembly({ echo: ECHO, fallback: ECHO });
    edit(assembly, 'functions.json', '{"Fn::GetAtt":["echo","Arn"]}', '{"Ref":"Live"}');
    const live = { 'Fn::Split': [':', { Ref: 'Live' }] };
    withResources(assembly, 'functions', {
      Version: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'echo' } } },
      Live: {
        Type: 'AWS::Lambda::Alias',
        Properties: {
          FunctionName: { Ref: 'echo' },
          FunctionVersion: { 'Fn::GetAtt': ['Version', 'Version'] },
          Name: 'live',
        },
      },
      Rule: {
        Type: 'AWS::Events::Rule',
        Properties: { ScheduleExpression: 'rate(1 minute)', Targets: [{ Arn: { Ref: 'Live' }, Id: 'Target0' }] },
      },
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          // As the CDK writes it: the name out of the alias's ARN, and the alias.
          FunctionName: { 'Fn::Join': ['', [{ 'Fn::Select': [6, live] }, ':live']] },
          EventSourceArn: 'arn:aws:dynamodb:ap-northeast-1:000000000000:table/fixture-ephemeral/stream/local',
          StartingPosition: 'LATEST',
        },
      },
    });
    const { api, functions, schedules, eventSources } = readApplication(assembly);
    expect(functions.find(({ name }) => name === 'fixture-echo')?.aliases).toStrictEqual(['live']);
    const integration = api.paths.find(({ path }) => path === '/echo')?.methods.get('ANY');
    expect(integration).toStrictEqual({ functionName: 'fixture-echo', qualifier: 'live', timeoutMs: 3_000 });
    expect(schedules.map(({ functionName }) => functionName)).toStrictEqual(['fixture-echo']);
    expect(eventSources.map(({ functionName }) => functionName)).toStrictEqual(['fixture-echo']);
  });

  it('names an alias that the API calls a function by and no template has', () => {
    const broken = writeFixtureAssembly({ fallback: ECHO });
    const arn = 'arn:aws:lambda:ap-northeast-1:000000000000:function:fixture-fallback:gone';
    edit(broken, 'functions.json', '{"Fn::GetAtt":["fallback","Arn"]}', JSON.stringify(arn));
    expect(() => readApplication(broken)).toThrow('calls fixture-fallback by the alias gone, which no template has');
  });

  it('reads the variables of the stage, of which there may be none', () => {
    expect(application.api.stageVariables).toStrictEqual({});
    const assembly = writeFixtureAssembly({ fallback: ECHO });
    edit(assembly, 'api.json', '"StageName":"api"', '"StageName":"api","Variables":{"maintenance":"off"}');
    expect(readApplication(assembly).api.stageVariables).toStrictEqual({ maintenance: 'off' });
  });

  it('names an integration that it cannot run', () => {
    const broken = writeFixtureAssembly({ fallback: ECHO });
    edit(broken, 'api.json', 'aws_proxy', 'http_proxy');
    expect(() => readApplication(broken)).toThrow('ANY /fallback has no integration that the local gateway knows');
  });

  it('names a stack without a region', () => {
    const broken = writeFixtureAssembly({ fallback: ECHO });
    edit(broken, 'manifest.json', 'ap-northeast-1', 'unknown-region');
    expect(() => readApplication(broken)).toThrow('Stack fixture-data names no region');
  });
});
