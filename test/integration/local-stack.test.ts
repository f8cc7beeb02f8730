import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { dynamoDbClient, OPERATOR } from '../../infra/local/emulators/emulators.ts';
import { accessKeyOf } from '../../infra/local/workers/access-key.ts';
import { envelopeOf, startTestStack, type TestStack } from '../support/local-stack.ts';
import { temporaryDirectory } from '../unit/infra/local/fixture-assembly.ts';

let stack: TestStack;

beforeAll(async () => {
  stack = await startTestStack();
}, 120_000);

afterAll(() => stack.stop());

describe('the application on the local stack', () => {
  it('answers that it is well', async () => {
    const response = await stack.call('GET', '/v1/health');
    expect(response.status).toBe(200);
    expect(envelopeOf(response)).toMatchObject({ code: 1, success: true, data: { status: 'ok' } });
    expect(response.headers['x-amzn-requestid']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('answers under the prefix /bitgin too', async () => {
    const response = await stack.call('GET', '/bitgin/v1/health');
    expect(response.status).toBe(200);
  });

  it('sends unknown routes and wrong methods to the fallback', async () => {
    const unknown = await stack.call('GET', '/v1/nothing/here');
    expect(unknown.status).toBe(404);
    expect(envelopeOf(unknown)).toMatchObject({ code: -404, success: false });
    const wrong = await stack.call('DELETE', '/v1/health');
    expect(wrong.status).toBe(405);
    expect(wrong.headers.allow).toContain('GET');
  });

  it('tells the answer of a captcha that it made', async () => {
    const response = await stack.call('GET', '/v1/captcha/image');
    const { captchaId } = z.object({ captchaId: z.string() }).parse(envelopeOf(response).data);
    await expect(stack.captchaAnswer(captchaId)).resolves.toMatch(/^[A-Za-z0-9]{4}$/);
  });

  it.each(['/_local', '/_local/', '/_local/nothing', '/_local/captcha/1', '/_local/captcha/x', '/_local?x=1'])(
    'has nothing at %s',
    async (path) => {
      const response = await stack.call('GET', path);
      expect(response.status).toBe(404);
      expect(response.body).toStrictEqual({ error: expect.any(String) });
    },
  );

  it('has an empty outbox before anybody was written to', async () => {
    await expect(stack.outbox()).resolves.toStrictEqual({ emails: [], sms: [] });
  });
});

describe('the data of a stack', () => {
  const putCaptcha = async ({ stack: running }: TestStack, id: string, answer: string): Promise<void> => {
    const { endpoints, application } = running;
    const client = dynamoDbClient(endpoints.dynamodb, application.region, accessKeyOf(OPERATOR));
    const table = application.tables.find(({ name }) => name.endsWith('ephemeral'));
    const Item = { pk: { S: `CAPTCHA#${id}` }, sk: { S: 'CAPTCHA' }, answer: { S: answer } };
    await client.send(new PutItemCommand({ TableName: table?.name, Item }));
    client.destroy();
  };

  it('survives a restart, and is gone after a fresh one', async () => {
    const dataDirectory = temporaryDirectory();
    const first = await startTestStack({ dataDirectory });
    await putCaptcha(first, '42', 'AB12');
    await first.stop();

    const second = await startTestStack({ dataDirectory });
    await expect(second.captchaAnswer('42')).resolves.toBe('AB12');
    await second.stop();

    const third = await startTestStack({ dataDirectory, fresh: true });
    const gone = await third.call('GET', '/_local/captcha/42');
    expect(gone.status).toBe(404);
    await third.stop();
    rmSync(dataDirectory, { recursive: true });
  }, 60_000);
});
