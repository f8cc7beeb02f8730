import { describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import { defineEndpoint } from '../../../shared/contracts/endpoint.ts';
import { environmentOf } from '../../../shared/contracts/environment.ts';
import { assemble, type Bind } from '../../../shared/http/endpoint-handler.ts';
import { StoreBusyError } from '../../../shared/platform/table.ts';
import { apiEvent, lambdaContext } from '../../support/api-event.ts';
import { storelessFoundation } from '../../support/storeless.ts';

const redirecting = defineEndpoint({
  id: 'test.redirect',
  chapter: '8.5',
  method: 'GET',
  path: '/v1/test',
  summary: 'Redirect',
  auth: 'none',
  apiKey: false,
  rate: 'public',
  changesState: 'by-navigation',
  response: 'redirect',
  alerts: { ILLEGAL_STATE: 'used', NOT_FOUND: 'expired' },
  query: z.object({ code: z.string().check(z.minLength(1)) }),
  data: z.object({ id: z.int(), name: z.string(), type: z.literal('confirm') }),
  codes: ['ILLEGAL_STATE', 'NOT_FOUND', 'TOKEN_EXPIRED', 'SECOND_FACTOR_REQUIRED', 'RATE_LIMITED'],
  successMessage: null,
  uses: {},
  example: { query: { code: 'x' }, data: { id: 1, name: 'a', type: 'confirm' } },
});

const found: Bind<typeof redirecting> = () => () => ({
  ok: true,
  data: { id: 7, name: 'a&b=c\r\n鍵', type: 'confirm' },
});

const call = async (bind: Bind<typeof redirecting>, options: Parameters<typeof apiEvent>[0] = {}) => {
  const foundation = storelessFoundation(redirecting.id, {
    allowedOrigins: ['https://app.example.com'],
    frontendUrl: 'https://app.example.com/transfer',
  });
  const handler = assemble(redirecting, foundation, bind);
  return handler(apiEvent({ query: { code: 'x' }, ...options }), lambdaContext());
};

const locationOf = async (...args: Parameters<typeof call>) => {
  const { statusCode, headers } = await call(...args);
  expect(statusCode).toBe(302);
  return String(headers?.['location']).replace('https://app.example.com/transfer?', '');
};

describe('an endpoint that redirects', () => {
  it('sends success as query parameters in their order, without a body', async () => {
    const answer = await call(found);
    expect(answer).toMatchObject({ statusCode: 302, body: '', headers: { 'cache-control': 'no-store' } });
    expect(await locationOf(found)).toBe('id=7&name=a%26b%3Dc%0D%0A%E9%8D%B5&type=confirm');
  });

  it.each([
    ['ILLEGAL_STATE', 'alertcode=-19&alerttype=used'],
    ['NOT_FOUND', 'alertcode=-404&alerttype=expired'],
    ['TOKEN_EXPIRED', 'alertcode=10002&alerttype=login'],
    ['SECOND_FACTOR_REQUIRED', 'alertcode=10070&alerttype=login'],
  ] as const)('sends %s as %s', async (code, query) => {
    expect(await locationOf(() => () => ({ ok: false, code }))).toBe(query);
  });

  it('sends what the stack refuses or cannot do likewise', async () => {
    const limited: Bind<typeof redirecting> = () => () => ({
      ok: false,
      code: 'RATE_LIMITED',
      params: { seconds: '1' },
    });
    const busy: Bind<typeof redirecting> = () => () => Promise.reject(new StoreBusyError('Busy.'));
    const broken: Bind<typeof redirecting> = () => () => Promise.reject(new Error('secret'));
    expect(await locationOf(found, { query: { code: '' } })).toBe('alertcode=-2&alerttype=error');
    expect(await locationOf(limited)).toBe('alertcode=-429&alerttype=error');
    expect(await locationOf(busy)).toBe('alertcode=-503&alerttype=error');
    expect(await locationOf(broken)).toBe('alertcode=-500&alerttype=error');
  });

  it.each([
    ['a link in a mail program', {}, true],
    ['a link on another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }, true],
    ['an address typed by hand', { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' }, true],
    ['an image on another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }, false],
    ['a script of another site', { 'sec-fetch-mode': 'cors', origin: 'https://evil.example' }, false],
    ['a script of another site in an old browser', { origin: 'https://evil.example' }, false],
    ['a script of the front-end', { 'sec-fetch-mode': 'cors', origin: 'https://app.example.com' }, true],
    ['a script of the same site', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' }, true],
    ['a program with a token', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors', token: 'T' }, true],
  ])('takes %s: %j → %p', async (_, headers, taken) => {
    const location = await locationOf(found, { headers });
    expect(location).toMatch(taken ? /^id=7/ : /^alertcode=-403&alerttype=error$/);
  });

  it('is told of the front-end, as no other endpoint is', () => {
    const { response: _response, ...other } = redirecting;
    expect(environmentOf(redirecting)).toContain('FRONTEND_URL');
    expect(environmentOf(other)).not.toContain('FRONTEND_URL');
  });
});
