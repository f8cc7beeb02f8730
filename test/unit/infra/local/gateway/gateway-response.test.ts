import { describe, expect, it } from '@jest/globals';
import { gatewayResponseOf, type GatewayResponseType } from '../../../../../infra/local/gateway/gateway-response.ts';
import type { HttpRequest } from '../../../../../infra/local/gateway/request.ts';
import { requestContextOf } from '../../../../../infra/local/gateway/request-context.ts';
import type { GatewayResponse } from '../../../../../infra/local/template/api.ts';

const request: HttpRequest = {
  method: 'GET',
  path: '/x',
  query: 'q=1',
  headers: [['Origin', 'http://here']],
  sourceIp: '127.0.0.1',
  port: 1,
};

const context = requestContextOf({
  api: { id: 'api', stage: 'api' },
  request,
  resource: undefined,
  hasBasePath: false,
  now: 1_700_000_000_000,
  id: 'the-id',
});

const custom = (changes: Partial<GatewayResponse>): GatewayResponse => ({
  statusCode: undefined,
  responseParameters: {},
  responseTemplates: { 'application/json': '{"time":$context.requestTimeEpoch,"msg":$context.error.messageString}' },
  ...changes,
});

const render = (type: GatewayResponseType, responses: Readonly<Record<string, GatewayResponse>> = {}, sent = request) =>
  gatewayResponseOf({ responses: new Map(Object.entries(responses)), type, request: sent, context });

describe('gatewayResponseOf', () => {
  it('answers as API Gateway when nothing is customized', () => {
    const { status, body } = render('MISSING_AUTHENTICATION_TOKEN');
    expect(status).toBe(403);
    expect(body.toString()).toBe('{"message":"Missing Authentication Token"}');
  });

  it.each([
    ['REQUEST_TOO_LARGE', 413],
    ['MISSING_AUTHENTICATION_TOKEN', 403],
    ['INTEGRATION_TIMEOUT', 504],
    ['DEFAULT_5XX', 502],
  ] as const)('renders %s from the default of its class, with its own status %i', (type, status) => {
    const defaults = { DEFAULT_4XX: custom({}), DEFAULT_5XX: custom({}) };
    const response = render(type, defaults);
    expect(response.status).toBe(status);
    expect(response.body.toString()).toMatch(/^\{"time":1700000000000,"msg":"[^"]+"\}$/);
  });

  it('prefers the response of the very type', () => {
    const responses = { DEFAULT_5XX: custom({}), INTEGRATION_TIMEOUT: custom({ statusCode: 408 }) };
    expect(render('INTEGRATION_TIMEOUT', responses).status).toBe(408);
  });

  it('maps headers from literals, the request and the context', () => {
    const responseParameters = {
      'gatewayresponse.header.Access-Control-Allow-Origin': 'method.request.header.origin',
      'gatewayresponse.header.Content-Type': "'text/x; charset=utf-8'",
      'gatewayresponse.header.X-Id': 'context.requestId',
      'gatewayresponse.header.X-Query': 'method.request.querystring.q',
      'gatewayresponse.header.X-Absent': 'method.request.header.absent',
    };
    const { headers } = render('DEFAULT_4XX', { DEFAULT_4XX: custom({ responseParameters }) });
    expect(Object.fromEntries(headers)).toStrictEqual({
      'access-control-allow-origin': ['http://here'],
      'content-type': ['text/x; charset=utf-8'],
      'x-id': ['the-id'],
      'x-query': ['1'],
    });
  });

  it('names a mapping that it does not understand', () => {
    const responseParameters = { 'gatewayresponse.header.X': 'method.request.body.x' };
    expect(() => render('DEFAULT_4XX', { DEFAULT_4XX: custom({ responseParameters }) })).toThrow(
      'method.request.body.x',
    );
  });
});
