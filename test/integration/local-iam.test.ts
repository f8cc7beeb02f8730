import { rmSync } from 'node:fs';
import { DynamoDBClient, GetItemCommand, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { SendEmailCommand, SESClient } from '@aws-sdk/client-ses';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ROOT } from '../../infra/bundles.ts';
import { prepareAssembly } from '../../infra/local/prepare/prepare.ts';
import { accessKeyOf } from '../../infra/local/workers/access-key.ts';
import { assemblyWithout, type Grant } from '../support/assembly-copy.ts';
import { journeyOn, somebody } from '../support/journey.ts';
import { envelopeOf, startTestStack, type TestStack } from '../support/local-stack.ts';

const credentialsOf = (name: string) => {
  const { id, secret } = accessKeyOf(name);
  return { region: 'ap-northeast-1', maxAttempts: 1, credentials: { accessKeyId: id, secretAccessKey: secret } };
};

const started: (() => Promise<void>)[] = [];

const stackWithout = async (grant: Grant) => {
  const assembly = assemblyWithout(await prepareAssembly({ root: ROOT, stage: 'local' }), grant);
  const stack = await startTestStack({ assembly });
  started.push(async () => {
    await stack.stop();
    rmSync(assembly, { recursive: true });
  });
  const iamLines = () => stack.logs().filter((line) => line.startsWith('IAM: '));
  return { stack, journey: journeyOn(stack), iamLines };
};

beforeAll(async () => {
  await prepareAssembly({ root: ROOT, stage: 'local' });
}, 120_000);

afterEach(async () => {
  await Promise.all(started.splice(0).map((stop) => stop()));
});

describe('a function without one of its grants', () => {
  it.each([
    [
      'dynamodb:PutItem',
      'table/bitgin-local-users',
      'dynamodb:PutItem on arn:aws:dynamodb:ap-northeast-1:000000000000:table/bitgin-local-users.',
    ],
    [
      'kms:GenerateDataKey',
      'Key',
      'kms:GenerateDataKey on arn:aws:kms:ap-northeast-1:000000000000:key/bitgin-local-data-Key961B73FD (with kms:ViaService = dynamodb.ap-northeast-1.amazonaws.com).',
    ],
  ])('cannot register anybody without %s', async (action, resource, line) => {
    const { journey, iamLines } = await stackWithout({ construct: 'Register', action, resource });
    const person = somebody();
    const answer = await journey.register(person);
    expect(answer.status).toBe(500);
    expect(envelopeOf(answer)).toMatchObject({ success: false, data: null });
    expect(iamLines()).toEqual([`IAM: bitgin-local-auth-register lacks the grant ${line}`]);
  });

  it('goes on with what it may do, and fails at the step that it may not', async () => {
    const grant = { construct: 'Verify', action: 'dynamodb:UpdateItem', resource: 'table/bitgin-local-users' };
    const { journey, iamLines } = await stackWithout(grant);
    const person = somebody();
    expect(envelopeOf(await journey.register(person))).toMatchObject({ code: 1 });
    expect((await journey.verify(person)).status).toBe(500);
    expect(iamLines().join()).toContain('bitgin-local-auth-verify lacks the grant dynamodb:UpdateItem on');
  });

  it('keeps a mail that it has no right to send', async () => {
    const grant = { construct: 'MailSender', action: 'ses:SendEmail', resource: 'identity' };
    const { stack, journey, iamLines } = await stackWithout(grant);
    expect(envelopeOf(await journey.register(somebody()))).toMatchObject({ code: 1 });
    await expect(journey.mailTo('anybody', { timeoutMs: 3_000 })).rejects.toThrow('No mail');
    expect((await stack.outbox()).emails).toEqual([]);
    expect(iamLines()).toEqual([
      'IAM: bitgin-local-jobs-mail-sender lacks the grant ses:SendEmail on ' +
        'arn:aws:ses:ap-northeast-1:000000000000:identity/bitgin.example (with ses:FromAddress = no-reply@bitgin.example).',
    ]);
  });
});

describe('the answers to callers who may not', () => {
  let stack: TestStack;
  beforeAll(async () => {
    stack = await startTestStack();
  });
  afterAll(() => stack.stop());

  const FUNCTION = 'bitgin-local-account-user';
  const read = new GetItemCommand({ TableName: 'bitgin-local-ledger', Key: { pk: { S: 'a' }, sk: { S: 'b' } } });

  it('are those of DynamoDB', async () => {
    const { dynamodb: endpoint } = stack.stack.endpoints;
    const client = new DynamoDBClient({ ...credentialsOf(FUNCTION), endpoint });
    await expect(client.send(read)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      $metadata: { httpStatusCode: 400 },
      message: expect.stringMatching(
        /^User: arn:aws:sts::000000000000:assumed-role\/[\w-]+\/bitgin-local-account-user is not authorized to perform: dynamodb:GetItem on resource: arn:aws:dynamodb:ap-northeast-1:000000000000:table\/bitgin-local-ledger because no identity-based policy allows the dynamodb:GetItem action$/,
      ),
    });
    await expect(client.send(new ListTablesCommand())).rejects.toThrow('dynamodb:ListTables on resource: *');
    const stranger = new DynamoDBClient({ ...credentialsOf('stranger'), endpoint });
    await expect(stranger.send(read)).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
    expect((await fetch(endpoint, { method: 'POST', body: '{}' })).status).toBe(400);
  });

  it('are those of S3', async () => {
    const { s3: endpoint } = stack.stack.endpoints;
    const client = new S3Client({ ...credentialsOf(FUNCTION), endpoint });
    const object = new GetObjectCommand({ Bucket: 'bitgin-local-documents-000000000000', Key: 'a/b c' });
    await expect(client.send(object)).rejects.toMatchObject({
      name: 'AccessDenied',
      $metadata: { httpStatusCode: 403 },
      message: expect.stringContaining(
        's3:GetObject on resource: arn:aws:s3:::bitgin-local-documents-000000000000/a/b c',
      ),
    });
    await expect(client.send(new ListBucketsCommand())).rejects.toThrow('does not know which rights');
    expect((await fetch(`${endpoint}/bucket/key`)).status).toBe(403);
  });

  it('are those of SES and SNS', async () => {
    const { ses, sns } = stack.stack.endpoints;
    const client = new SESClient({ ...credentialsOf(FUNCTION), endpoint: ses });
    const Body = { Text: { Data: 'x' } };
    const mail = new SendEmailCommand({
      Source: 'BitGin <no-reply@bitgin.example>',
      Destination: { ToAddresses: ['a@example.com'] },
      Message: { Subject: { Data: 'x' }, Body },
    });
    await expect(client.send(mail)).rejects.toMatchObject({
      name: 'AccessDenied',
      $metadata: { httpStatusCode: 403 },
      message: expect.stringContaining(
        'ses:SendEmail on resource: arn:aws:ses:ap-northeast-1:000000000000:identity/bitgin.example',
      ),
    });
    const scope = `${accessKeyOf(FUNCTION).id}/20260101/ap-northeast-1/sns/aws4_request`;
    const headers = { authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0` };
    const form = new URLSearchParams({ Action: 'Publish', PhoneNumber: '+886912345678', Message: 'x' });
    const published = await fetch(sns, { method: 'POST', headers, body: form });
    expect(published.status).toBe(403);
    await expect(published.text()).resolves.toContain('<Code>AuthorizationError</Code>');
    await expect(stack.outbox()).resolves.toEqual({ emails: [], sms: [] });
  });
});
