import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readApplication } from '../../../../../infra/local/template/application.ts';
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
