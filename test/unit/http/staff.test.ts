import { describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import { defineEndpoint } from '../../../shared/contracts/endpoint.ts';
import { assemble } from '../../../shared/http/endpoint-handler.ts';
import { apiEvent, lambdaContext } from '../../support/api-event.ts';
import { storelessFoundation } from '../../support/storeless.ts';

const endpoint = defineEndpoint({
  id: 'admin.test',
  chapter: 'Staff API',
  method: 'POST',
  path: '/admin/v1/tests/{name}',
  summary: 'test',
  auth: 'staff',
  apiKey: false,
  rate: 'staff',
  params: z.object({ name: z.string().check(z.minLength(2)) }),
  body: z.object({ n: z.int() }),
  data: z.object({ name: z.string(), n: z.int(), principal: z.string(), requestId: z.string() }),
  codes: [],
  successMessage: 'Success',
  uses: {},
  example: { params: { name: 'ann' }, body: { n: 1 }, data: { name: 'ann', n: 1, principal: 'x', requestId: 'x' } },
});

const ARN = 'arn:aws:iam::111122223333:user/jo.lin';

const setUp = () => {
  const lines: unknown[] = [];
  const foundation = storelessFoundation(endpoint.id, { writeLine: (line) => lines.push(JSON.parse(line)) });
  const handler = assemble(endpoint, foundation, () => ({ params, body, staff }) => ({
    ok: true,
    data: { ...params, ...body, ...staff },
  }));
  const call = async (options: { principal?: string; name?: string; headers?: Record<string, string> } = {}) => {
    const { principal = null, name = 'ann', headers = {} } = options;
    const event = apiEvent({
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: '{"n":1}',
    });
    event.requestContext.identity.userArn = principal;
    const {
      statusCode,
      headers: answered,
      body,
    } = await handler({ ...event, pathParameters: { name } }, lambdaContext());
    const parsed: unknown = JSON.parse(body);
    return { status: statusCode, headers: answered, body: parsed };
  };
  return { call, lines };
};

describe('a staff endpoint', () => {
  it('gets who calls, the path’s parameters and the body, and logs the principal', async () => {
    const { call, lines } = setUp();
    const { status, body } = await call({ principal: ARN });
    expect([status, body]).toMatchObject([
      200,
      { code: 1, data: { name: 'ann', n: 1, principal: ARN, requestId: 'request-1' } },
    ]);
    expect(lines).toContainEqual(expect.objectContaining({ message: 'REQUEST', principal: ARN }));
  });

  it('refuses a request that did not come past IAM', async () => {
    expect(await setUp().call()).toMatchObject({ status: 403, body: { code: -403, data: null } });
    expect(await setUp().call({ principal: '' })).toMatchObject({ status: 403, body: { code: -403 } });
  });

  it('asks for no proof against other sites, and lets none read', async () => {
    const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', cookie: 'token=x' };
    const answer = await setUp().call({ principal: ARN, headers });
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.headers ?? {}).filter((name) => /access-control|cookie|ratelimit/.test(name))).toEqual(
      [],
    );
  });

  it('names a wrong parameter of the path', async () => {
    const answer = await setUp().call({ principal: ARN, name: 'x', headers: { 'accept-language': 'en' } });
    expect(answer).toMatchObject({ status: 400, body: { code: -2, msg: expect.stringMatching(/^Parameter name is/) } });
  });
});
