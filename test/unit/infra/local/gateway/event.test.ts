import { describe, expect, it } from '@jest/globals';
import { type EventInput, type ProxyEvent, proxyEventOf } from '../../../../../infra/local/gateway/event.ts';
import type { HttpRequest } from '../../../../../infra/local/gateway/request.ts';
import { requestContextOf, traceIdOf } from '../../../../../infra/local/gateway/request-context.ts';

const NOW = Date.UTC(2026, 3, 9, 12, 34, 56, 789);
const RESOURCE = { id: 'abc123', path: '/v1/user' };
const ID = '0f0e89e3-c22c-486c-bffe-222153cdc62e';

const requestOf = (changes: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'POST',
  path: '/v1/user',
  query: '',
  headers: [['Host', '127.0.0.1:3000']],
  sourceIp: '127.0.0.1',
  port: 3000,
  ...changes,
});

const eventOf = (request: HttpRequest, changes: Partial<EventInput> = {}): ProxyEvent =>
  proxyEventOf({
    request,
    match: { resource: RESOURCE, pathParameters: null },
    body: Buffer.alloc(0),
    context: requestContextOf({
      api: { id: 'api-id', stage: 'api' },
      request,
      resource: RESOURCE,
      hasBasePath: request.path.startsWith('/bitgin'),
      now: NOW,
      id: ID,
    }),
    traceId: 'Root=1-00000000-000000000000000000000000',
    binaryMediaTypes: ['multipart/form-data'],
    stageVariables: {},
    ...changes,
  });

describe('proxyEventOf', () => {
  it('tells the variables of the stage', () => {
    const { stageVariables } = eventOf(requestOf(), { stageVariables: { maintenance: 'on' } });
    expect(stageVariables).toStrictEqual({ maintenance: 'on' });
  });

  it('is null where API Gateway is null', () => {
    expect(eventOf(requestOf())).toMatchObject({
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      pathParameters: null,
      stageVariables: null,
      body: null,
      isBase64Encoded: false,
    });
  });

  it('gives the last of repeated headers and parameters, and all of them beside', () => {
    const event = eventOf(
      requestOf({
        query: 'a=1&a=2&b=x%20y+z&c',
        headers: [
          ['X-One', 'first'],
          ['x-one', 'second'],
        ],
      }),
    );
    expect(event.headers?.['X-One']).toBe('second');
    expect(event.multiValueHeaders?.['X-One']).toStrictEqual(['first', 'second']);
    expect(event.queryStringParameters).toStrictEqual({ a: '2', b: 'x y z', c: '' });
    expect(event.multiValueQueryStringParameters).toStrictEqual({ a: ['1', '2'], b: ['x y z'], c: [''] });
  });

  it('keeps hop-by-hop headers to itself and adds its own', () => {
    const event = eventOf(
      requestOf({
        headers: [
          ['Connection', 'close'],
          ['Content-Length', '0'],
          ['X-Forwarded-For', '10.0.0.1'],
        ],
      }),
    );
    expect(event.headers).toStrictEqual({
      'X-Amzn-Trace-Id': 'Root=1-00000000-000000000000000000000000',
      'X-Forwarded-For': '10.0.0.1, 127.0.0.1',
      'X-Forwarded-Port': '3000',
      'X-Forwarded-Proto': 'http',
    });
  });

  it.each(['multipart/form-data; boundary=x', 'Multipart/Form-Data'])('encodes a body of %s as base64', (type) => {
    const body = Buffer.from([0, 255, 254]);
    const event = eventOf(requestOf({ headers: [['content-type', type]] }), { body });
    expect(event).toMatchObject({ isBase64Encoded: true, body: body.toString('base64') });
  });

  it('passes any other body as text', () => {
    const event = eventOf(requestOf({ headers: [['content-type', 'application/json']] }), {
      body: Buffer.from('{"ä":1}'),
    });
    expect(event).toMatchObject({ isBase64Encoded: false, body: '{"ä":1}' });
  });

  it('describes the request in its context', () => {
    const { requestContext } = eventOf(requestOf({ headers: [['User-Agent', 'test']] }));
    expect(requestContext).toMatchObject({
      accountId: '000000000000',
      apiId: 'api-id',
      httpMethod: 'POST',
      path: '/api/v1/user',
      protocol: 'HTTP/1.1',
      requestId: ID,
      requestTime: '09/Apr/2026:12:34:56 +0000',
      requestTimeEpoch: NOW,
      resourceId: 'abc123',
      resourcePath: '/v1/user',
      stage: 'api',
      identity: { sourceIp: '127.0.0.1', userAgent: 'test', user: null },
    });
  });

  it('keeps the base path, as a custom domain does', () => {
    const event = eventOf(requestOf({ path: '/bitgin/v1/user' }));
    expect(event).toMatchObject({ path: '/bitgin/v1/user', resource: '/v1/user' });
    expect(event.requestContext.path).toBe('/bitgin/v1/user');
  });
});

describe('traceIdOf', () => {
  it('goes on with the trace of the caller', () => {
    const root = 'Root=1-5759e988-bd862e3fe1be46a994272793';
    expect(traceIdOf(requestOf({ headers: [['X-Amzn-Trace-Id', `${root};Sampled=1`]] }), NOW)).toBe(root);
  });

  it('begins one otherwise', () => {
    expect(traceIdOf(requestOf(), NOW)).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/);
  });
});
