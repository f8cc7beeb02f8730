import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { liveFunctionName } from '../../infra/names.ts';
import { STAGES } from '../../infra/stages.ts';
import { STAFF_ENDPOINTS, STAFF_FALLBACK_FUNCTION } from '../../shared/contracts/staff/registry.ts';
import { textOf } from './intrinsics.ts';
import { synthesized } from './synthesized.ts';
import type { Resource } from './templates.ts';

const prod = await synthesized('prod');

const ofType = (type: string): readonly Resource[] =>
  Object.values(prod.templates['StaffApi']?.Resources ?? {}).filter(({ Type }) => Type === type);

const operation = z.object({
  'x-amazon-apigateway-auth': z.object({ type: z.string() }),
  'x-amazon-apigateway-integration': z.object({ uri: z.unknown() }),
});
const api = z
  .object({ Name: z.string(), Body: z.object({ paths: z.record(z.string(), z.record(z.string(), operation)) }) })
  .parse(ofType('AWS::ApiGateway::RestApi')[0]?.Properties);

const operations = Object.values(api.Body.paths).flatMap((methods) => Object.values(methods));

describe('the gateway of the staff', () => {
  it('has a name by which it is told from the public one', () => {
    expect(api.Name).toBe('bitgin-prod-admin');
  });

  it('asks IAM about every method of every path, the unknown ones too', () => {
    expect(operations.length).toBe(STAFF_ENDPOINTS.length + Object.keys(api.Body.paths).length);
    expect(new Set(operations.map((one) => one['x-amazon-apigateway-auth'].type))).toEqual(new Set(['AWS_IAM']));
  });

  it.each(STAFF_ENDPOINTS)('sends $method $path to the function of $id', ({ id, method, path }) => {
    const uri = api.Body.paths[path]?.[method.toLowerCase()]?.['x-amazon-apigateway-integration'].uri;
    expect(textOf(uri)).toContain(`:function:${liveFunctionName(STAGES.prod, id)}/invocations`);
  });

  it('may call its own functions for their routes, and none of the public API', () => {
    const permissions = ofType('AWS::Lambda::Permission').map(({ Properties }) => [
      Properties['FunctionName'],
      textOf(Properties['SourceArn']).replace(/^.*?\/api\//, ''),
    ]);
    expect(permissions).toEqual([
      ...STAFF_ENDPOINTS.map(({ id, method, path }) => [
        liveFunctionName(STAGES.prod, id),
        `${method}${path.replace(/\{\w+\}/, '*')}`,
      ]),
      [liveFunctionName(STAGES.prod, STAFF_FALLBACK_FUNCTION.id), '*/*'],
    ]);
  });

  it('is throttled, traced and logged with who called, and makes no second role for logs', () => {
    const [stage] = ofType('AWS::ApiGateway::Stage');
    expect(stage?.Properties).toMatchObject({
      TracingEnabled: true,
      MethodSettings: [{ ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100, DataTraceEnabled: false }],
    });
    const { Format } = z
      .object({ AccessLogSetting: z.object({ Format: z.string() }) })
      .parse(stage?.Properties).AccessLogSetting;
    expect(JSON.parse(Format)).toMatchObject({ principal: '$context.identity.userArn' });
    expect(ofType('AWS::ApiGateway::Account')).toEqual([]);
  });
});
