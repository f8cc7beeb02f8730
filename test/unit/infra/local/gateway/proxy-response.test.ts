import { describe, expect, it } from '@jest/globals';
import { httpResponseOf } from '../../../../../infra/local/gateway/proxy-response.ts';

const client = { accept: undefined, binaryMediaTypes: ['multipart/form-data', 'image/png'] };

const render = (value: unknown, accept?: string) => httpResponseOf(JSON.stringify(value), { ...client, accept });

describe('httpResponseOf', () => {
  it('carries status, headers and body over', () => {
    const response = render({ statusCode: 201, headers: { 'X-One': 'a', 'x-flag': true }, body: 'hi' });
    expect(response?.status).toBe(201);
    expect(Object.fromEntries(response?.headers ?? [])).toStrictEqual({
      'content-type': ['application/json'],
      'x-one': ['a'],
      'x-flag': ['true'],
    });
    expect(response?.body.toString()).toBe('hi');
  });

  it('keeps every cookie of multiValueHeaders, which win over headers', () => {
    const response = render({
      statusCode: 200,
      headers: { 'set-cookie': 'lost=1', 'Content-Type': 'text/plain' },
      multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] },
    });
    expect(response?.headers.get('set-cookie')).toStrictEqual(['a=1', 'b=2']);
    expect(response?.headers.get('content-type')).toStrictEqual(['text/plain']);
  });

  it('decodes base64 for a client that accepts a binary type first', () => {
    const value = { statusCode: 200, body: Buffer.from([1, 2, 255]).toString('base64'), isBase64Encoded: true };
    expect(render(value, 'image/png, */*')?.body).toStrictEqual(Buffer.from([1, 2, 255]));
    expect(render(value, 'text/html')?.body.toString()).toBe(value.body);
  });

  it('renames headers that the gateway sets itself', () => {
    const names = [
      ...(render({ statusCode: 200, headers: { Server: 'x', 'Content-Length': '9' } })?.headers.keys() ?? []),
    ];
    expect(names).toStrictEqual(['content-type', 'x-amzn-remapped-server', 'x-amzn-remapped-content-length']);
  });

  it.each([
    ['null', null],
    ['text', 'hello'],
    ['an unknown member', { statusCode: 200, cookies: [] }],
    ['a body that is an object', { statusCode: 200, body: {} }],
    ['a status that is no number', { statusCode: 'ok' }],
    ['a status that HTTP does not have', { statusCode: 99 }],
    ['a header with a line break', { statusCode: 200, headers: { a: 'b\r\nc: d' } }],
    ['a header that is a list', { statusCode: 200, headers: { a: ['b'] } }],
    ['a header that is a number', { statusCode: 200, headers: { a: 1 } }],
    ['headers that are a list', { statusCode: 200, headers: ['a'] }],
    ['a header of many values that is one', { statusCode: 200, multiValueHeaders: { a: 'b' } }],
    ['a header of many values with one that is none', { statusCode: 200, multiValueHeaders: { a: ['b', null] } }],
  ])('refuses %s', (_name, value) => {
    expect(render(value)).toBeUndefined();
  });

  it('refuses what is no JSON', () => {
    expect(httpResponseOf('undefined', client)).toBeUndefined();
  });
});
