import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { liveFunctionName } from '../../infra/names.ts';
import { STAGES } from '../../infra/stages.ts';
import type { EndpointSpec } from '../../shared/contracts/endpoint.ts';
import { ENDPOINTS, FALLBACK_FUNCTION } from '../../shared/contracts/registry.ts';
import { textOf } from './intrinsics.ts';
import { synthesize } from './synthesis.ts';
import { synthesized } from './synthesized.ts';
import { onlyResource, resourcesOf, type Synthesis } from './templates.ts';

/** Of one stack and no other. */
const ofStack = ({ templates, findings }: Synthesis, id: string): Synthesis => ({
  templates: { [id]: templates[id] ?? { Resources: {}, Outputs: {} } },
  findings,
});

const all: readonly EndpointSpec[] = ENDPOINTS;

const prod = ofStack(await synthesized('prod'), 'Api');

const operationSchema = z.object({ 'x-amazon-apigateway-integration': z.object({ uri: z.unknown() }) });
const apiSchema = z.object({
  EndpointConfiguration: z.object({ Types: z.array(z.string()) }),
  Body: z.object({
    paths: z.record(z.string(), z.record(z.string(), operationSchema)),
    'x-amazon-apigateway-gateway-responses': z.record(z.string(), z.unknown()),
  }),
});
const api = apiSchema.parse(onlyResource(prod, 'AWS::ApiGateway::RestApi').Properties);

const invocationUri = (functionId: string): string =>
  'arn:aws:apigateway:ap-northeast-1:lambda:path/2015-03-31/functions/arn:aws:lambda:ap-northeast-1:<AWS::AccountId>' +
  `:function:${liveFunctionName(STAGES.prod, functionId)}/invocations`;

const uriOf = (path: string, method: string): string =>
  textOf(api.Body.paths[path]?.[method]?.['x-amazon-apigateway-integration'].uri);

const permissionSchema = z.object({
  FunctionName: z.string(),
  Action: z.literal('lambda:InvokeFunction'),
  Principal: z.literal('apigateway.amazonaws.com'),
  SourceArn: z.unknown(),
});

const gatewayPermissions = (synthesis: typeof prod) =>
  resourcesOf(synthesis, 'AWS::Lambda::Permission').filter(
    ({ Properties }) => Properties['Principal'] === 'apigateway.amazonaws.com',
  );

describe('the gateway', () => {
  it.each(ENDPOINTS)('sends $method $path to the function of $id', ({ id, method, path }) => {
    expect(uriOf(path, method.toLowerCase())).toBe(invocationUri(id));
  });

  it.each(Object.keys(api.Body.paths))('sends any other method of %s to the fallback', (path) => {
    expect(uriOf(path, 'x-amazon-apigateway-any-method')).toBe(invocationUri(FALLBACK_FUNCTION.id));
  });

  it('is regional, answers unknown paths through the fallback, and its own failures as envelopes', () => {
    expect(api.EndpointConfiguration.Types).toEqual(['REGIONAL']);
    expect(Object.keys(api.Body.paths)).toEqual(expect.arrayContaining(['/', '/{proxy+}']));
    expect(Object.keys(api.Body['x-amazon-apigateway-gateway-responses'])).toHaveLength(21);
  });

  it('stays under the 300 resources that API Gateway allows one API', () => {
    const prefixes = Object.keys(api.Body.paths).flatMap((path) => {
      const segments = path.split('/');
      return segments.map((_, index) => segments.slice(0, index + 1).join('/'));
    });
    expect(new Set(prefixes).size).toBeLessThan(300);
  });

  it('may call each function for its own route, the fallback for every one, and nothing else', () => {
    const permissions = gatewayPermissions(prod).map(({ Properties }) => {
      const { FunctionName, SourceArn } = permissionSchema.parse(Properties);
      return [
        FunctionName,
        textOf(SourceArn).replace(/^arn:aws:execute-api:ap-northeast-1:<AWS::AccountId>:<\w+>\//, ''),
      ];
    });
    expect(permissions).toEqual([
      ...all.flatMap(({ id, method, path, alsoAt }) =>
        [path, ...(alsoAt === undefined ? [] : [alsoAt])].map((one) => [
          liveFunctionName(STAGES.prod, id),
          `api/${method}${one}`,
        ]),
      ),
      [liveFunctionName(STAGES.prod, FALLBACK_FUNCTION.id), 'api/*/*'],
    ]);
  });

  it('is allowed a route with a path parameter whatever its value', () => {
    const [first] = ENDPOINTS;
    const synthesis = ofStack(
      synthesize('dev', [{ ...first, id: 'users.status', path: '/v1/users/{username}/status' }]),
      'Api',
    );
    const sources = gatewayPermissions(synthesis).map(({ Properties }) => textOf(Properties['SourceArn']));
    expect(sources[0]).toMatch(/\/api\/GET\/v1\/users\/\*\/status$/);
  });

  it('makes a new deployment when a route changes, and none otherwise', () => {
    const deployments = (synthesis: typeof prod): readonly string[] =>
      Object.entries(synthesis.templates['Api']?.Resources ?? {}).flatMap(([logicalId, { Type }]) =>
        Type === 'AWS::ApiGateway::Deployment' ? [logicalId] : [],
      );
    const few = ENDPOINTS.slice(0, 3);
    const first = deployments(synthesize('prod', few));
    expect(first).toHaveLength(1);
    expect(deployments(synthesize('prod', few))).toEqual(first);
    expect(deployments(synthesize('prod', few.slice(1)))).not.toEqual(first);
  });
});

const stageSchema = z.object({
  StageName: z.string(),
  TracingEnabled: z.boolean(),
  AccessLogSetting: z.object({ DestinationArn: z.unknown(), Format: z.string() }),
  MethodSettings: z.array(z.unknown()),
});

describe('the deployed stage', () => {
  const stage = stageSchema.parse(onlyResource(prod, 'AWS::ApiGateway::Stage').Properties);

  it('is traced, counted and throttled, logs errors and never data', () => {
    expect(stage.StageName).toBe('api');
    expect(stage.TracingEnabled).toBe(true);
    expect(stage.MethodSettings).toEqual([
      {
        ResourcePath: '/*',
        HttpMethod: '*',
        LoggingLevel: 'ERROR',
        DataTraceEnabled: false,
        MetricsEnabled: true,
        ThrottlingRateLimit: STAGES.prod.throttle.ratePerSecond,
        ThrottlingBurstLimit: STAGES.prod.throttle.burst,
      },
    ]);
  });

  it('logs who asked what, but no header, query string, path as sent or body', () => {
    const fields = z.record(z.string(), z.string()).parse(JSON.parse(stage.AccessLogSetting.Format));
    expect(Object.values(fields).sort()).toEqual([
      '$context.error.responseType',
      '$context.httpMethod',
      '$context.identity.sourceIp',
      '$context.integrationLatency',
      '$context.requestId',
      '$context.requestTimeEpoch',
      '$context.resourcePath',
      '$context.responseLatency',
      '$context.responseLength',
      '$context.status',
      '$context.wafResponseCode',
      '$context.xrayTraceId',
    ]);
  });

  it('has both its log groups in the stack, so that both forget', () => {
    const groups = resourcesOf(prod, 'AWS::Logs::LogGroup').filter(({ Properties }) =>
      /apigateway|API-Gateway/.test(textOf(Properties['LogGroupName'])),
    );
    expect(groups.map(({ Properties }) => Properties['RetentionInDays'])).toEqual([365, 365]);
  });
});
