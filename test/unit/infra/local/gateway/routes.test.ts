import { describe, expect, it } from '@jest/globals';
import { createRouter } from '../../../../../infra/local/gateway/routes.ts';
import type { ApiPath } from '../../../../../infra/local/template/api.ts';

const path = (declared: string, ...methods: readonly string[]): ApiPath => ({
  id: declared,
  path: declared,
  methods: new Map(methods.map((method) => [method, { functionName: `${method} ${declared}`, timeoutMs: 1 }])),
});

const route = createRouter([
  path('/{proxy+}', 'ANY'),
  path('/', 'ANY'),
  path('/v1/user', 'GET', 'ANY'),
  path('/v1/{id}', 'GET'),
  path('/v1/{id}/keys', 'GET'),
  path('/v1/files/{path+}', 'GET'),
]);

describe('createRouter', () => {
  it.each([
    ['GET', '/v1/user', 'GET /v1/user', null],
    ['GET', '/v1/user/', 'GET /v1/user', null],
    ['POST', '/v1/user', 'ANY /v1/user', null],
    ['GET', '/v1/42', 'GET /v1/{id}', { id: '42' }],
    ['GET', '/v1/user/keys', 'GET /v1/{id}/keys', { id: 'user' }],
    ['GET', '/v1/a%2Fb', 'GET /v1/{id}', { id: 'a/b' }],
    ['GET', '/v1/%zz', 'GET /v1/{id}', { id: '%zz' }],
    ['GET', '/v1/files/a/b', 'GET /v1/files/{path+}', { path: 'a/b' }],
    ['GET', '/v1/user/unknown', 'ANY /{proxy+}', { proxy: 'v1/user/unknown' }],
    ['DELETE', '/nothing', 'ANY /{proxy+}', { proxy: 'nothing' }],
    ['GET', '/V1/user', 'ANY /{proxy+}', { proxy: 'V1/user' }],
    ['GET', '/', 'ANY /', null],
  ])('%s %s calls %s', (method, requested, functionName, pathParameters) => {
    const match = route(method, requested);
    expect(match?.integration?.functionName).toBe(functionName);
    expect(match?.pathParameters).toStrictEqual(pathParameters);
  });

  it('does not look for another path when the method is missing', () => {
    expect(route('POST', '/v1/42')).toMatchObject({ resource: { path: '/v1/{id}' }, integration: undefined });
  });

  it('finds nothing where no path matches', () => {
    expect(createRouter([path('/a', 'GET')])('GET', '/b')).toBeUndefined();
  });
});
