import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { CODES } from '../../../../shared/contracts/codes/catalogue.ts';
import type { EndpointSpec } from '../../../../shared/contracts/endpoint.ts';
import { GATEWAY_RESPONSE_CODES, gatewayDocument } from '../../../../shared/contracts/openapi/gateway.ts';
import { ENDPOINTS, FALLBACK_FUNCTION } from '../../../../shared/contracts/registry.ts';
import { STAFF_ENDPOINTS, STAFF_FALLBACK_FUNCTION } from '../../../../shared/contracts/staff/registry.ts';
import { EXPOSED_HEADERS } from '../../../../shared/contracts/cors.ts';

const NOW = 1_624_415_325_469;

/** "Gateway response types for API Gateway", API Gateway developer guide, with the status each must have here. */
const STATUS_BY_TYPE = {
  ACCESS_DENIED: 403,
  API_CONFIGURATION_ERROR: 500,
  AUTHORIZER_CONFIGURATION_ERROR: 500,
  AUTHORIZER_FAILURE: 500,
  BAD_REQUEST_BODY: 400,
  BAD_REQUEST_PARAMETERS: 400,
  DEFAULT_4XX: 400,
  DEFAULT_5XX: 500,
  EXPIRED_TOKEN: 403,
  INTEGRATION_FAILURE: 503,
  INTEGRATION_TIMEOUT: 408,
  INVALID_API_KEY: 403,
  INVALID_SIGNATURE: 403,
  MISSING_AUTHENTICATION_TOKEN: 404,
  QUOTA_EXCEEDED: 429,
  REQUEST_TOO_LARGE: 413,
  RESOURCE_NOT_FOUND: 404,
  THROTTLED: 429,
  UNAUTHORIZED: 401,
  UNSUPPORTED_MEDIA_TYPE: 415,
  WAF_FILTERED: 403,
} as const satisfies Record<keyof typeof GATEWAY_RESPONSE_CODES, number>;

const specs: readonly EndpointSpec[] = ENDPOINTS;

const common = { integrationUri: (id: string) => `uri:${id}`, timeoutInMillis: 29_000, secure: true };

const document = gatewayDocument({
  ...common,
  title: 'test',
  endpoints: ENDPOINTS,
  fallbackId: FALLBACK_FUNCTION.id,
  audience: 'public',
});

const staff = gatewayDocument({
  ...common,
  title: 'staff',
  endpoints: STAFF_ENDPOINTS,
  fallbackId: STAFF_FALLBACK_FUNCTION.id,
  audience: 'staff',
});

const responses = document['x-amazon-apigateway-gateway-responses'];

const headerOf = (type: string, name: string): string | undefined =>
  responses[type]?.responseParameters[`gatewayresponse.header.${name}`];

const bodyOf = (type: string): unknown => {
  const template = responses[type]?.responseTemplates['application/json'] ?? '';
  return JSON.parse(template.replaceAll('$context.requestTimeEpoch', String(NOW)));
};

describe('the routes', () => {
  it.each(ENDPOINTS)('$method $path is served by the function of $id', ({ id, method, path }) => {
    expect(document.paths[path]?.[method.toLowerCase()]).toEqual({
      operationId: id,
      responses: {},
      'x-amazon-apigateway-integration': {
        type: 'aws_proxy',
        httpMethod: 'POST',
        uri: `uri:${id}`,
        timeoutInMillis: 29_000,
      },
    });
  });

  it('serve kyc/status at the path that the reference prints, too', () => {
    const at = (path: string) => document.paths[path]?.['get']?.['x-amazon-apigateway-integration'];
    expect(at('/bitgin/v1/kyc/status')).toEqual(at('/v1/kyc/status'));
    expect(at('/bitgin/v1/kyc/status')).toMatchObject({ uri: 'uri:kyc.status' });
  });

  it('hold one operation for each path of an endpoint and nothing else but the fallback', () => {
    const operations = Object.values(document.paths).flatMap((path) => Object.keys(path));
    const others = specs.flatMap(({ alsoAt }) => (alsoAt === undefined ? [] : [alsoAt]));
    expect(operations.filter((key) => key !== 'x-amazon-apigateway-any-method')).toHaveLength(
      ENDPOINTS.length + others.length,
    );
    const paths = new Set<string>([...ENDPOINTS.map(({ path }) => path), ...others]);
    expect(Object.keys(document.paths).sort()).toEqual([...paths, '/', '/{proxy+}'].sort());
  });

  it.each(Object.entries(document.paths))('%s sends every other method to the fallback', (_, path) => {
    expect(path['x-amazon-apigateway-any-method']?.['x-amazon-apigateway-integration'].uri).toBe(
      'uri:gateway.fallback',
    );
  });

  it('keep both endpoints where two share a path', () => {
    const shared = gatewayDocument({
      title: 'test',
      endpoints: [
        { id: 'keys.create', method: 'POST', path: '/v1/keys' },
        { id: 'keys.list', method: 'GET', path: '/v1/keys' },
      ],
      integrationUri: (id) => id,
      fallbackId: 'gateway.fallback',
      timeoutInMillis: 29_000,
      audience: 'public',
      secure: true,
    });
    expect(Object.keys(shared.paths['/v1/keys'] ?? {}).sort()).toEqual([
      'get',
      'post',
      'x-amazon-apigateway-any-method',
    ]);
  });

  it('take uploads as binary', () => {
    expect(document['x-amazon-apigateway-binary-media-types']).toEqual(['multipart/form-data']);
  });
});

describe('the gateway responses', () => {
  it('cover every type that API Gateway has', () => {
    expect(Object.keys(responses).sort()).toEqual(Object.keys(STATUS_BY_TYPE).sort());
  });

  it.each(Object.entries(STATUS_BY_TYPE))('%s is an envelope with status %i', (type, status) => {
    expect(responses[type]?.statusCode).toBe(String(status));
    expect(bodyOf(type)).toEqual({ code: -status, msg: expect.any(String), time: NOW, data: null, success: false });
  });

  it.each(Object.keys(STATUS_BY_TYPE))('%s says in zh-TW and in English what happened', (type) => {
    const { msg } = z.object({ msg: z.string() }).parse(bodyOf(type));
    expect(msg).toMatch(/^[^（）]*\p{Script=Han}[^（）]*（[ -~]+）$/u);
    expect(msg).not.toMatch(/[{}]/);
  });

  it.each(Object.keys(STATUS_BY_TYPE))('%s is ASCII, which CloudFormation gives back as it got it', (type) => {
    expect(responses[type]?.responseTemplates['application/json']).toMatch(/^[ -~]+$/);
  });

  it.each(Object.keys(STATUS_BY_TYPE))('%s has the headers of every answer', (type) => {
    expect(headerOf(type, 'Content-Type')).toBe("'application/json; charset=utf-8'");
    expect(headerOf(type, 'Cache-Control')).toBe("'no-store'");
    expect(headerOf(type, 'Access-Control-Allow-Origin')).toBe('method.request.header.Origin');
    expect(headerOf(type, 'Access-Control-Allow-Credentials')).toBe("'true'");
    expect(headerOf(type, 'Access-Control-Expose-Headers')).toBe(`'${EXPOSED_HEADERS.join(',')}'`);
    expect(headerOf(type, 'Vary')).toBe("'Origin'");
  });

  it('tell when to come back where, and only where, the caller came too often', () => {
    const types = Object.keys(STATUS_BY_TYPE).filter((type) => headerOf(type, 'Retry-After') !== undefined);
    expect(types).toEqual(['QUOTA_EXCEEDED', 'THROTTLED']);
    expect(headerOf('THROTTLED', 'Retry-After')).toBe("'1'");
  });

  it('speak with the texts of the code catalogue', () => {
    const { 'zh-TW': tw, en } = CODES.NOT_FOUND.text;
    expect(bodyOf('MISSING_AUTHENTICATION_TOKEN')).toMatchObject({ msg: `${tw}（${en}）` });
  });
});

describe('the gateway of the staff', () => {
  const operations = Object.entries(staff.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

  it.each(operations)('asks IAM about $method $path', ({ operation }) => {
    expect(operation['x-amazon-apigateway-auth']).toEqual({ type: 'AWS_IAM' });
  });

  it('declares the parameters of its paths', () => {
    expect(staff.paths['/admin/v1/users/{username}']?.['get']?.parameters).toEqual([
      { name: 'username', in: 'path', required: true, schema: { type: 'string' } },
    ]);
  });

  it('tells who does not sign nothing but that, and no other site anything', () => {
    const all = staff['x-amazon-apigateway-gateway-responses'];
    expect(Object.keys(all)).toEqual(Object.keys(responses));
    expect(all['MISSING_AUTHENTICATION_TOKEN']?.statusCode).toBe('403');
    expect(all['MISSING_AUTHENTICATION_TOKEN']?.responseTemplates['application/json']).toContain('"code":-403');
    expect(JSON.stringify(all)).not.toContain('Access-Control');
  });

  it('takes no uploads', () => {
    expect(staff['x-amazon-apigateway-binary-media-types']).toEqual([]);
  });

  it('shares no route with the public one', () => {
    const both = Object.keys(staff.paths).filter((path) => Object.hasOwn(document.paths, path));
    expect(both.toSorted()).toEqual(['/', '/{proxy+}']);
  });
});
