import { describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import { defineEndpoint } from '../../../shared/contracts/endpoint.ts';
import { type GatewayDocumentInput, gatewayDocument } from '../../../shared/contracts/openapi/gateway.ts';
import { ENDPOINTS, FALLBACK_FUNCTION } from '../../../shared/contracts/registry.ts';
import { STAFF_ENDPOINTS, STAFF_FALLBACK_FUNCTION } from '../../../shared/contracts/staff/registry.ts';
import { assemble } from '../../../shared/http/endpoint-handler.ts';
import { fallbackResponse } from '../../../shared/http/fallback.ts';
import { apiEvent, type EventOptions, lambdaContext } from '../../support/api-event.ts';
import { storelessFoundation } from '../../support/storeless.ts';

const YEAR = 'max-age=31536000';

const NAME = 'strict-transport-security';

const greeting = defineEndpoint({
  id: 'test.greeting',
  chapter: '4.2',
  method: 'GET',
  path: '/v1/test',
  summary: 'test',
  auth: 'none',
  apiKey: false,
  rate: 'query',
  query: z.object({ name: z.string() }),
  successMessage: 'Success',
  codes: ['ILLEGAL_STATE'],
  uses: {},
  data: z.string(),
  example: { query: { name: 'Ann' }, data: 'Ann' },
});

/** Answered with success, and refused for what is missing. */
const byFunction = async (cookieSecure: boolean) => {
  const foundation = { ...storelessFoundation(greeting.id), cookieSecure };
  const handler = assemble(greeting, foundation, () => ({ query }) => ({ ok: true, data: query.name }));
  const requests: readonly EventOptions[] = [{ query: { name: 'Ann' } }, {}];
  return Promise.all(requests.map((request) => handler(apiEvent(request), lambdaContext())));
};

const FALLBACKS = [
  { ...FALLBACK_FUNCTION, endpoints: ENDPOINTS, crossOrigin: true },
  { ...STAFF_FALLBACK_FUNCTION, endpoints: STAFF_ENDPOINTS, crossOrigin: false },
];

/** An unknown route, a wrong method and a preflight, of both APIs. */
const byFallback = (cookieSecure: boolean) => {
  const requests: readonly EventOptions[] = [
    { path: '/{proxy+}' },
    { method: 'DELETE', path: '/v1/user' },
    { method: 'OPTIONS', path: '/v1/login' },
  ];
  const dependencies = { clock: { now: () => 5 }, log: () => undefined, allowedOrigins: [], cookieSecure };
  return FALLBACKS.flatMap((api) =>
    requests.map((request) => fallbackResponse(api, apiEvent(request), lambdaContext(), dependencies)),
  );
};

const byGateway = (audience: GatewayDocumentInput['audience'], secure: boolean) => {
  const input = { title: 'test', endpoints: [], integrationUri: String, fallbackId: 'none', timeoutInMillis: 1 };
  const responses = gatewayDocument({ ...input, audience, secure })['x-amazon-apigateway-gateway-responses'];
  return new Set(
    Object.values(responses).map(({ responseParameters }) => responseParameters[`gatewayresponse.header.${NAME}`]),
  );
};

describe('browsers are told to come by TLS alone, unless plain http is how it is reached,', () => {
  it('by functions, in success and in failure', async () => {
    const said = async (secure: boolean) =>
      (await byFunction(secure)).map(({ statusCode, headers }) => [statusCode, headers?.[NAME]]);
    expect(await said(true)).toEqual([
      [200, YEAR],
      [400, YEAR],
    ]);
    expect(await said(false)).toEqual([
      [200, undefined],
      [400, undefined],
    ]);
  });

  it('by fallbacks', () => {
    const said = (secure: boolean) => byFallback(secure).map(({ headers }) => headers?.[NAME]);
    expect(said(true)).toEqual(Array.from({ length: 6 }, () => YEAR));
    expect(said(false)).toEqual(Array.from({ length: 6 }, () => undefined));
  });

  it.each(['public', 'staff'] as const)('by what the %s gateway answers itself', (audience) => {
    expect(byGateway(audience, true)).toEqual(new Set([`'${YEAR}'`]));
    expect(byGateway(audience, false)).toEqual(new Set([undefined]));
  });
});
