import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestStack, type TestStack } from '../support/local-stack.ts';
import { ECHO, writeFixtureAssembly } from '../unit/infra/local/fixture-assembly.ts';

const functionOf = (body: string, timeoutSeconds = 2) => ({
  source: `exports.handler = async (event) => { ${body} };`,
  timeoutSeconds,
});

const assembly = writeFixtureAssembly({
  echo: ECHO,
  fallback: ECHO,
  throws: functionOf('throw new Error("secret detail")'),
  malformed: functionOf('return { statusCode: 200, body: {} }'),
  huge: functionOf('return { statusCode: 200, body: "x".repeat(6291556) }'),
  slow: functionOf('await new Promise(() => {})', 1),
  slower: functionOf('await new Promise((resolve) => setTimeout(resolve, 8000))', 9),
  cookies: functionOf('return { statusCode: 200, multiValueHeaders: { "Set-Cookie": ["a=1", "b=2"] }, body: "" }'),
  binary: functionOf(
    'return { statusCode: 200, isBase64Encoded: true, body: "AQL/", headers: { "content-type": "multipart/form-data" } }',
  ),
});

let stack: TestStack;

beforeAll(async () => {
  stack = await startTestStack({ assembly });
});

afterAll(() => stack.stop());

const errorOf = (id: unknown) => ({ code: -1, time: expect.any(Number), type: expect.any(String), id });

describe('the local gateway', () => {
  it('gives functions the request, bytes as base64', async () => {
    const bytes = Buffer.from([0, 255, 128, 10]);
    const headers = { 'Content-Type': 'multipart/form-data; boundary=x' };
    const response = await stack.call('POST', '/echo?a=1', { headers, body: bytes });
    expect(response.status).toBe(200);
    expect(response.headers['x-function']).toBe('fixture-echo');
    expect(response.body).toMatchObject({
      event: { httpMethod: 'POST', isBase64Encoded: true, body: bytes.toString('base64') },
      environment: { EPHEMERAL_TABLE: 'fixture-ephemeral' },
    });
  });

  it('sends everything else to the greedy path, with or without prefix', async () => {
    const response = await stack.call('PUT', '/bitgin/some/where');
    expect(response.body).toMatchObject({
      event: { path: '/bitgin/some/where', resource: '/{proxy+}', pathParameters: { proxy: 'some/where' } },
    });
    const lookalike = await stack.call('GET', '/bitginx');
    expect(lookalike.body).toMatchObject({ event: { pathParameters: { proxy: 'bitginx' } } });
  });

  it.each(['throws', 'malformed', 'huge', 'slow'])('answers 502 for a function that is %s', async (name) => {
    const response = await stack.call('GET', `/${name}`, { headers: { Origin: 'http://here' } });
    expect(response.status).toBe(502);
    expect(response.headers['access-control-allow-origin']).toBe('http://here');
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(response.body).toStrictEqual({
      ...errorOf(response.headers['x-amzn-requestid']),
      type: 'Internal server error',
    });
  });

  it('gives up when the integration takes longer than the API allows', async () => {
    const response = await stack.call('GET', '/slower');
    expect(response.status).toBe(408);
    expect(response.body).toMatchObject({ type: 'Endpoint request timed out' });
  });

  it('answers as API Gateway when a path has no such method', async () => {
    const response = await stack.call('POST', '/only-get');
    expect(response.status).toBe(403);
    expect(response.body).toMatchObject({ type: 'Missing Authentication Token' });
  });

  it.each([
    ['a body over 10 MB', 10_485_761, 413],
    ['a body far over 10 MB', 64_000_000, 413],
    ['an event over 6,291,456 bytes', 6_291_456, 413],
    ['a body that just fits', 5_000_000, 200],
  ])('limits %s', async (_name, size, status) => {
    const response = await stack.call('POST', '/cookies', { body: 'x'.repeat(size) });
    expect(response.status).toBe(status);
  });

  it('passes every cookie on', async () => {
    const response = await stack.call('GET', '/cookies');
    expect(response.headers['set-cookie']).toStrictEqual(['a=1', 'b=2']);
  });

  it('decodes bytes for who accepts them', async () => {
    const headers = { accept: 'multipart/form-data' };
    const [decoded, encoded] = await Promise.all([
      stack.call('GET', '/binary', { headers }),
      stack.call('GET', '/binary'),
    ]);
    expect(decoded.bytes).toStrictEqual(Buffer.from([1, 2, 255]));
    expect(encoded.bytes.toString()).toBe('AQL/');
  });

  it.each([
    ['what is no HTTP', 'nonsense\r\n\r\n'],
    ['headers that are too long', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`],
    ['HTTP/1.1 that names no host', 'GET /echo HTTP/1.1\r\n\r\n'],
  ])('answers %s with the error of the API too', async (_name, bytes) => {
    const socket = connect(Number(new URL(stack.url).port), '127.0.0.1');
    socket.write(bytes);
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('{"code":-1,"time":');
    expect(answer).toContain('Server-Timing: aws-calls;desc="0"');
  });

  it('answers whatever is expected of it, and keeps that to itself', async () => {
    const response = await stack.call('POST', '/echo', { headers: { expect: 'miracles' }, body: '{}' });
    expect(response.status).toBe(200);
    expect(response.body).toMatchObject({ event: { httpMethod: 'POST', body: '{}' } });
    expect(response.bytes.toString()).not.toContain('miracles');
  });

  it('keeps answering while a function is busy', async () => {
    let isBusy = true;
    const busy = stack.call('GET', '/slower').finally(() => {
      isBusy = false;
    });
    const response = await stack.call('GET', '/echo');
    expect([response.status, isBusy]).toEqual([200, true]);
    await busy;
  });
});
