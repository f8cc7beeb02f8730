import { describe, expect, it } from '@jest/globals';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod/mini';
import { defineEndpoint } from '../../../shared/contracts/endpoint.ts';
import { assemble, type Bind, type LambdaHandler } from '../../../shared/http/endpoint-handler.ts';
import type { Foundation } from '../../../shared/platform/platform.ts';
import { storelessFoundation } from '../../support/storeless.ts';
import { apiEvent, type EventOptions, lambdaContext } from '../../support/api-event.ts';

const base = {
  id: 'test.endpoint',
  chapter: '4.2',
  path: '/v1/test',
  summary: 'test',
  apiKey: false,
  rate: 'query',
  successMessage: 'Success',
  codes: ['ILLEGAL_STATE'],
  uses: {},
  example: { data: null },
} as const;

const reading = defineEndpoint({ ...base, method: 'GET', auth: 'none', data: z.object({ n: z.int() }) });
const writing = defineEndpoint({
  ...base,
  method: 'POST',
  auth: 'none',
  body: z.object({ name: z.string().check(z.trim(), z.minLength(2)), lang: z.optional(z.string()) }),
  emptyFields: { name: { literal: '[empty name]' } },
  data: z.object({ name: z.string() }),
});

type Bare = Foundation<(typeof reading)['uses']>;

const setUp = (build: (foundation: Bare) => LambdaHandler) => {
  const lines: unknown[] = [];
  const handler = build(
    storelessFoundation(base.id, {
      clock: { now: () => Date.now() },
      writeLine: (line) => lines.push(JSON.parse(line)),
      allowedOrigins: ['https://app.example.com'],
    }),
  );
  const call = async (options: EventOptions = {}, remaining?: number): Promise<Answer> =>
    answerOf(await handler(apiEvent(options), lambdaContext(remaining)));
  return { call, lines };
};

const setUpReading = (bind: Bind<typeof reading>) => setUp((foundation) => assemble(reading, foundation, bind));
const setUpWriting = () =>
  setUp((foundation) =>
    assemble(writing, foundation, () => ({ body }) => ({ ok: true, data: { name: body.name } })),
  );

interface Answer {
  readonly status: number;
  readonly headers: NonNullable<APIGatewayProxyResult['headers']>;
  readonly body: { code: number; msg: string | null; data: unknown; success: boolean; time: number };
}

const envelope = z.object({
  code: z.int(),
  msg: z.nullable(z.string()),
  data: z.unknown(),
  success: z.boolean(),
  time: z.int(),
});

const answerOf = ({ statusCode, headers, body }: APIGatewayProxyResult): Answer => ({
  status: statusCode,
  headers: headers ?? {},
  body: envelope.parse(JSON.parse(body)),
});

const jsonPost = (body: unknown): EventOptions => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

describe('the shared stack', () => {
  it('answers in the envelope, and strips what the contract does not declare', async () => {
    const { call, lines } = setUpReading(() => () => ({ ok: true, data: Object.assign({ n: 1 }, { secret: 2 }) }));
    const answer = await call();
    expect(answer).toMatchObject({ status: 200, body: { code: 1, msg: 'Success', success: true } });
    expect(answer.body.data).toEqual({ n: 1 });
    expect(lines).toEqual([
      expect.objectContaining({ message: 'REQUEST', requestId: 'request-1', status: 200, code: 1 }),
    ]);
  });

  it('makes a wrong type a 500, logged with its path and without its value', async () => {
    // @ts-expect-error -- the types refuse it; this is about what happens when they were silenced
    const { call, lines } = setUpReading(() => () => ({ ok: true, data: { n: 'secret' } }));
    expect(await call()).toMatchObject({ status: 500, body: { code: -500, data: null, success: false } });
    expect(lines).toContainEqual(expect.objectContaining({ message: 'OUTPUT_INVALID', paths: ['n: invalid_type'] }));
    expect(JSON.stringify(lines)).not.toContain('secret');
  });

  it('makes a code that is not the endpoint’s a 500', async () => {
    // @ts-expect-error -- the types refuse it; this is about what happens when they were silenced
    const { call } = setUpReading(() => () => ({ ok: false, code: 'KYC_STALE' }));
    expect(await call()).toMatchObject({ status: 500, body: { code: -500 } });
  });

  it('says a declared failure in the caller’s language', async () => {
    const { call } = setUpReading(() => () => ({ ok: false, code: 'ILLEGAL_STATE' }));
    const answer = await call({ headers: { 'Accept-Language': 'en' } });
    expect(answer).toMatchObject({ status: 400, body: { code: -19, msg: 'The present state does not allow this.' } });
  });

  it('answers 408 when the handler does not finish a second before the function ends', async () => {
    const { call, lines } = setUpReading(() => async () => {
      await sleep(5000, undefined, { ref: false });
      return { ok: true, data: { n: 1 } };
    });
    expect(await call({}, 1050)).toMatchObject({ status: 408, body: { code: -408, success: false } });
    expect(lines).toContainEqual(expect.objectContaining({ message: 'DEADLINE_EXCEEDED' }));
  });

  it('answers a throw with 500 and nothing of the error', async () => {
    const { call } = setUpReading(() => () => {
      throw new Error('secret');
    });
    const answer = await call();
    expect(answer).toMatchObject({ status: 500, body: { code: -500 } });
    expect(JSON.stringify(answer)).not.toContain('secret');
  });

  it('names configured origins in CORS headers, of failures too', async () => {
    const { call } = setUpReading(() => () => ({ ok: false, code: 'ILLEGAL_STATE' }));
    const ours = await call({ headers: { origin: 'https://app.example.com' } });
    expect(ours.headers).toMatchObject({ 'access-control-allow-origin': 'https://app.example.com' });
    const foreign = await call({ headers: { origin: 'https://evil.example' } });
    expect(foreign.headers).not.toHaveProperty('access-control-allow-origin');
  });
});

describe('request bodies', () => {
  it('reach the handler parsed, whatever the case of the header name', async () => {
    const { call } = setUpWriting();
    expect(await call(jsonPost({ name: 'ann', extra: 1 }))).toMatchObject({
      status: 200,
      body: { data: { name: 'ann' } },
    });
    const shouting = { ...jsonPost({ name: 'ann' }), headers: { 'CONTENT-TYPE': 'application/json' } };
    expect(await call(shouting)).toMatchObject({ status: 200 });
  });

  it.each([
    ['broken JSON', jsonPost('{"name":'), 400, -2],
    ['no body', { ...jsonPost(''), body: null }, 400, -2],
    ['an empty body', jsonPost(''), 400, -2],
    ['an array', jsonPost([]), 400, -2],
    ['null', jsonPost('null'), 400, -2],
    ['a __proto__ key', jsonPost('{"name":"ann","__proto__":{"x":1}}'), 400, -2],
    ['deep nesting', jsonPost(`{"name":${'['.repeat(50_000)}${']'.repeat(50_000)}}`), 400, -2],
    ['a wrong type', jsonPost({ name: 7 }), 400, -2],
    ['another content type', { ...jsonPost('<a/>'), headers: { 'content-type': 'text/xml', token: 'T' } }, 415, -415],
  ])('%s is refused', async (_, options, status, code) => {
    const { call } = setUpWriting();
    expect(await call(options)).toMatchObject({ status, body: { code, data: null, success: false } });
  });

  it('names the field in the language of the body', async () => {
    const { call } = setUpWriting();
    const answer = await call(jsonPost({ name: 'a', lang: 'en' }));
    expect(answer.body.msg).toMatch(/^Parameter name is invalid: /);
  });

  it.each([{}, { name: '' }, { name: null }, { name: '  ' }])(
    'gives the literal text of an empty field for %p',
    async (body) => {
      const { call } = setUpWriting();
      expect(await call(jsonPost(body))).toMatchObject({ status: 400, body: { code: -2, msg: '[empty name]' } });
    },
  );

  it('are not even looked at when another site may have sent them', async () => {
    const { call } = setUpWriting();
    const forged = {
      ...jsonPost('not json'),
      headers: { 'content-type': 'application/json', origin: 'https://evil.example' },
    };
    expect(await call(forged)).toMatchObject({ status: 403, body: { code: -403 } });
  });
});
