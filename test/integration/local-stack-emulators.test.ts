import { setTimeout as sleep } from 'node:timers/promises';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendEmailCommand, SESClient } from '@aws-sdk/client-ses';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OPERATOR } from '../../infra/local/emulators/emulators.ts';
import { accessKeyOf } from '../../infra/local/workers/access-key.ts';
import { startTestStack, type TestStack } from '../support/local-stack.ts';
import { ECHO, temporaryDirectory, writeFixtureAssembly } from '../unit/infra/local/fixture-assembly.ts';

const HANGS = { source: 'exports.handler = () => new Promise(() => {});', timeoutSeconds: 1 };

const assembly = writeFixtureAssembly({ echo: ECHO, slow: HANGS, fallback: ECHO });
const dataDirectory = temporaryDirectory();
let stack: TestStack;

beforeAll(async () => {
  stack = await startTestStack({ assembly, dataDirectory });
});

afterAll(() => stack.stop());

describe('the emulators', () => {
  const credentialsOf = (name: string) => {
    const { id, secret } = accessKeyOf(name);
    return { region: 'ap-northeast-1', credentials: { accessKeyId: id, secretAccessKey: secret } };
  };

  it('keep objects in the buckets of the template, for the functions of the template', async () => {
    const client = new S3Client({ ...credentialsOf('fixture-echo'), endpoint: stack.stack.endpoints.s3 });
    const object = { Bucket: 'fixture-documents', Key: 'a/b.txt' };
    await client.send(new PutObjectCommand({ ...object, Body: 'kept' }));
    const { Body } = await client.send(new GetObjectCommand(object));
    await expect(Body?.transformToString()).resolves.toBe('kept');
    client.destroy();
    const stranger = new S3Client({ ...credentialsOf('stranger'), endpoint: stack.stack.endpoints.s3 });
    await expect(stranger.send(new GetObjectCommand(object))).rejects.toThrow('does not exist in our records');
    stranger.destroy();
  });

  it('keep mails, which the outbox and the inbox page show after a restart too', async () => {
    const client = new SESClient({ ...credentialsOf('fixture-echo'), endpoint: stack.stack.endpoints.ses });
    await client.send(
      new SendEmailCommand({
        Source: 'no-reply@bitgin.example',
        Destination: { ToAddresses: ['someone@example.com'] },
        Message: {
          Subject: { Data: '驗證碼' },
          Body: { Text: { Data: '碼 123456' }, Html: { Data: '<p>碼 123456</p>' } },
        },
      }),
    );
    client.destroy();
    const before = await stack.outbox();
    expect(before.emails).toStrictEqual([
      {
        to: 'someone@example.com',
        subject: '驗證碼',
        text: '碼 123456',
        html: '<p>碼 123456</p>',
        at: expect.any(Number),
      },
    ]);
    expect(Math.abs(Date.now() - (before.emails[0]?.at ?? 0))).toBeLessThan(30_000);

    await stack.stop();
    stack = await startTestStack({ assembly, dataDirectory });
    await expect(stack.outbox()).resolves.toStrictEqual(before);
    const store = await fetch(`${stack.stack.inboxUrl}/store`);
    await expect(store.json()).resolves.toMatchObject({ emails: [{ subject: '驗證碼' }] });
    const page = await fetch(stack.stack.inboxUrl);
    expect(page.headers.get('content-type')).toContain('text/html');
  });

  it('keep text messages for the outbox', async () => {
    const body = new URLSearchParams({ Action: 'Publish', PhoneNumber: '+886912345678', Message: 'code 1' });
    const scope = `${accessKeyOf(OPERATOR).id}/20260101/ap-northeast-1/sns/aws4_request`;
    const headers = { authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0` };
    await fetch(stack.stack.endpoints.sns, { method: 'POST', body, headers });
    const { sms } = await stack.outbox();
    expect(sms).toStrictEqual([{ to: '+886912345678', text: 'code 1', at: expect.any(Number) }]);
  });
});

describe('a stack', () => {
  it('refuses a data folder that another one uses', async () => {
    await expect(startTestStack({ assembly, dataDirectory })).rejects.toThrow(
      `process ${process.pid}, uses ${dataDirectory}`,
    );
  });

  it('lets requests under way end when it stops', async () => {
    const own = await startTestStack({ assembly });
    await own.call('GET', '/slow');
    const underWay = own.call('GET', '/slow');
    await sleep(200);
    await own.stack.stop();
    await expect(underWay).resolves.toMatchObject({ status: 502 });
  });
});
