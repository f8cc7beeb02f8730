import { describe, expect, it } from '@jest/globals';
import { ENDPOINTS, FALLBACK_FUNCTION } from '../../../shared/contracts/registry.ts';
import { STAFF_ENDPOINTS, STAFF_FALLBACK_FUNCTION } from '../../../shared/contracts/staff/registry.ts';
import { type FallbackApi, fallbackResponse } from '../../../shared/http/fallback.ts';
import { apiEvent, type EventOptions, lambdaContext } from '../../support/api-event.ts';

const PUBLIC = { ...FALLBACK_FUNCTION, endpoints: ENDPOINTS, crossOrigin: true };
const STAFF = { ...STAFF_FALLBACK_FUNCTION, endpoints: STAFF_ENDPOINTS, crossOrigin: false };

const respond = (options: EventOptions, api: FallbackApi = PUBLIC) =>
  fallbackResponse(api, apiEvent(options), lambdaContext(), {
    clock: { now: () => 5 },
    log: () => undefined,
    allowedOrigins: api.crossOrigin ? ['https://app.example.com'] : [],
    cookieSecure: true,
  });

describe('the fallback', () => {
  it('answers an unknown route with 404', () => {
    const { statusCode, body } = respond({ path: '/{proxy+}', headers: { 'accept-language': 'en' } });
    expect(statusCode).toBe(404);
    expect(JSON.parse(body)).toEqual({ code: -404, msg: 'Not found.', time: 5, data: null, success: false });
  });

  it('answers a wrong method with 405, Allow, and a sentence that names the right ones', () => {
    const { statusCode, headers, body } = respond({
      method: 'DELETE',
      path: '/v1/user',
      headers: { 'accept-language': 'en' },
    });
    expect(statusCode).toBe(405);
    expect(headers).toMatchObject({ allow: 'GET, OPTIONS', 'cache-control': 'no-store' });
    expect(JSON.parse(body)).toMatchObject({ code: -405, msg: 'This path only accepts GET, OPTIONS.' });
  });

  it('allows a preflight from a configured origin what the API reads', () => {
    const { statusCode, headers } = respond({
      method: 'OPTIONS',
      path: '/v1/login',
      headers: { Origin: 'https://app.example.com' },
    });
    expect(statusCode).toBe(204);
    expect(headers).toMatchObject({
      'access-control-allow-origin': 'https://app.example.com',
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': expect.stringContaining('token'),
    });
  });

  it('allows a preflight from elsewhere nothing', () => {
    const { statusCode, headers } = respond({
      method: 'OPTIONS',
      path: '/v1/login',
      headers: { origin: 'https://evil.example' },
    });
    expect(statusCode).toBe(204);
    expect(Object.keys(headers ?? {}).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('in maintenance answers 503 and when to come back, to a preflight and to staff as ever', () => {
    const on = { stageVariables: { maintenance: 'on' }, headers: { 'accept-language': 'en' } };
    for (const path of ['/{proxy+}', '/v1/login']) {
      const { statusCode, headers, body } = respond({ ...on, path });
      expect(statusCode).toBe(503);
      expect(headers).toMatchObject({ 'retry-after': '300', 'cache-control': 'no-store' });
      expect(headers).not.toHaveProperty('allow');
      expect(JSON.parse(body)).toMatchObject({ code: -503, msg: 'Under maintenance. Try again later.' });
    }
    expect(respond({ ...on, method: 'OPTIONS', path: '/v1/login' }).statusCode).toBe(204);
    expect(respond({ ...on, path: '/{proxy+}' }, STAFF).statusCode).toBe(404);
  });

  it.each(['off', 'ON', 'true', ''])('is not in maintenance where the variable is %p', (maintenance) => {
    expect(respond({ stageVariables: { maintenance }, path: '/{proxy+}' }).statusCode).toBe(404);
  });

  it('answers the staff’s wrong methods, and no preflight at all', () => {
    const path = '/admin/v1/users/{username}';
    const headers = { origin: 'https://app.example.com' };
    for (const method of ['DELETE', 'OPTIONS']) {
      const answer = respond({ method, path, headers }, STAFF);
      expect(answer).toMatchObject({ statusCode: 405, headers: { allow: 'GET' } });
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    }
    expect(respond({ path: '/v1/user' }, STAFF).statusCode).toBe(404);
  });

  it('does not let a preflight tell that an unknown route exists', () => {
    expect(respond({ method: 'OPTIONS', path: '/{proxy+}' }).statusCode).toBe(404);
  });
});
