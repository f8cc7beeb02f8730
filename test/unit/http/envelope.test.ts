import { describe, expect, it } from '@jest/globals';
import { corsHeaders } from '../../../shared/http/cors.ts';
import { messageOf, render, type RenderOptions } from '../../../shared/http/envelope.ts';

const options: RenderOptions = {
  contract: { successMessage: 'Success' },
  locale: 'en',
  now: 1624415325469,
  cookieSecure: true,
  acceptsHtml: false,
  headers: { vary: 'Origin' },
};

const bodyOf = ({ body }: { body: string }): unknown => JSON.parse(body);

describe('render', () => {
  it('puts a success into the envelope', () => {
    const response = render({ ok: true, data: { isLogin: false } }, options);
    expect(response.statusCode).toBe(200);
    expect(bodyOf(response)).toEqual({
      code: 1,
      msg: 'Success',
      time: 1624415325469,
      data: { isLogin: false },
      success: true,
    });
    expect(response.headers).toEqual({
      vary: 'Origin',
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
    });
  });

  it('says a failure in the caller’s language, with its status, data and Retry-After', () => {
    const outcome = { ok: false, code: 'RATE_LIMITED', params: { seconds: '9' }, retryAfter: 9 } as const;
    const response = render(outcome, { ...options, locale: 'zh-TW' });
    expect(response.statusCode).toBe(429);
    expect(response.headers).toMatchObject({ 'retry-after': '9' });
    expect(bodyOf(response)).toMatchObject({
      code: -429,
      msg: '請求過於頻繁，請於 9 秒後再試',
      data: null,
      success: false,
    });
  });

  it('keeps a literal text in every language', () => {
    const outcome = { ok: false, code: 'INVALID_PARAMETER', literal: '[empty loginName]' } as const;
    expect(messageOf(outcome, 'zh-CN')).toBe('[empty loginName]');
  });

  it('sends a token as header and cookie, and clears it', () => {
    expect(render({ ok: true, data: null, token: 'T' }, options).headers).toMatchObject({
      token: 'T',
      'set-cookie': 'token=T; HttpOnly; Secure; SameSite=Lax; Path=/',
    });
    const clearing = { ...options, contract: { successMessage: 'Logout', clearsToken: true } as const };
    expect(render({ ok: true, data: null }, clearing).headers?.['set-cookie']).toContain('Max-Age=0');
    expect(render({ ok: false, code: 'TOKEN_EXPIRED' }, clearing).headers).not.toHaveProperty('set-cookie');
  });

  it('leaves a document bare and cacheable', () => {
    const document = {
      ...options,
      contract: { successMessage: null, response: 'document', cacheSeconds: 300 } as const,
    };
    const response = render({ ok: true, data: { openapi: '3.1.0' } }, document);
    expect(bodyOf(response)).toEqual({ openapi: '3.1.0' });
    expect(response.headers?.['cache-control']).toBe('public, max-age=300');
  });
});

describe('corsHeaders', () => {
  it('names configured origins only, and always varies', () => {
    expect(corsHeaders('https://a.example', ['https://a.example'])).toMatchObject({
      'access-control-allow-origin': 'https://a.example',
      'access-control-allow-credentials': 'true',
      vary: 'Origin',
    });
    expect(corsHeaders('https://b.example', ['https://a.example'])).toEqual({ vary: 'Origin' });
    expect(corsHeaders(undefined, ['https://a.example'])).toEqual({ vary: 'Origin' });
  });
});
