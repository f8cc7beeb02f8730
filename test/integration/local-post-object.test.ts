import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OPERATOR } from '../../infra/local/emulators/emulators.ts';
import { postSignature } from '../../infra/local/proxy/post/post-signature.ts';
import { accessKeyOf } from '../../infra/local/workers/access-key.ts';
import { startTestStack, type TestStack } from '../support/local-stack.ts';
import { ECHO, writeFixtureAssembly } from '../unit/infra/local/fixture-assembly.ts';

const BUCKET = 'fixture-documents';
const FUNCTION = 'fixture-echo';

let stack: TestStack;

beforeAll(async () => {
  stack = await startTestStack({ assembly: writeFixtureAssembly({ echo: ECHO, fallback: ECHO }) });
});
afterAll(() => stack.stop());

interface Signing {
  readonly signer?: string;
  readonly bucket?: string;
  readonly expiresInMs?: number;
  readonly conditions?: readonly unknown[];
}

/** The fields that a function hands to a browser, as the SDK's createPresignedPost makes them. */
const signedFields = ({ signer = FUNCTION, bucket = BUCKET, expiresInMs = 60_000, conditions = [] }: Signing = {}) => {
  const { id, secret } = accessKeyOf(signer);
  const date = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const scope = `${id}/${date.slice(0, 8)}/ap-northeast-1/s3/aws4_request`;
  const fields = { 'X-Amz-Algorithm': 'AWS4-HMAC-SHA256', 'X-Amz-Credential': scope, 'X-Amz-Date': date };
  const own = Object.entries(fields).map(([name, value]) => ({ [name]: value }));
  const expiration = new Date(Date.now() + expiresInMs).toISOString();
  const document = {
    expiration,
    conditions: [{ bucket }, ['starts-with', '$key', 'inbox/'], ...own, ...conditions],
  };
  const Policy = Buffer.from(JSON.stringify(document)).toString('base64');
  return { key: 'inbox/a.png', ...fields, Policy, 'X-Amz-Signature': postSignature(Policy, scope, secret) };
};

const post = async (
  fields: Readonly<Record<string, string>>,
  file: string | undefined = 'picture',
  bucket = BUCKET,
) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  if (file !== '') form.append('file', new Blob([file]), 'a.png');
  const response = await fetch(`${stack.stack.endpoints.s3}/${bucket}`, { method: 'POST', body: form });
  const text = await response.text();
  const [, code] = /<Code>(\w+)<\/Code>/.exec(text) ?? [];
  return { status: response.status, code, text };
};

const stored = async (Key: string) => {
  const { id, secret } = accessKeyOf(OPERATOR);
  const credentials = { accessKeyId: id, secretAccessKey: secret };
  const client = new S3Client({ region: 'ap-northeast-1', credentials, endpoint: stack.stack.endpoints.s3 });
  try {
    const { Body, ContentType } = await client.send(new GetObjectCommand({ Bucket: BUCKET, Key }));
    return { text: await Body?.transformToString(), type: ContentType };
  } catch (error) {
    return error instanceof Error ? error.name : undefined;
  } finally {
    client.destroy();
  }
};

describe('a form posted to a bucket', () => {
  it('is stored when its policy allows it', async () => {
    const conditions = [
      ['content-length-range', 1, 100],
      ['starts-with', '$Content-Type', 'image/'],
      { success_action_status: '201' },
    ];
    const fields = { ...signedFields({ conditions }), 'Content-Type': 'image/png', success_action_status: '201' };
    expect(await post(fields)).toMatchObject({ status: 201, text: expect.stringContaining('inbox/a.png') });
    expect(await stored('inbox/a.png')).toEqual({ text: 'picture', type: 'image/png' });
  });

  const SHORT = { conditions: [['content-length-range', 2, 5]] };
  const TYPED = { conditions: [['starts-with', '$Content-Type', 'image/']] };
  const forged = (): Record<string, string> => ({ ...signedFields(), Policy: signedFields(SHORT).Policy });

  it.each<[string, () => Record<string, string>, string | undefined, number, string, string]>([
    ['has no policy', () => ({ key: 'inbox/bad' }), undefined, 403, 'AccessDenied', 'Access Denied'],
    ['has another policy than was signed', forged, undefined, 403, 'SignatureDoesNotMatch', ''],
    ['is signed by nobody', () => signedFields({ signer: 'stranger' }), undefined, 403, 'InvalidAccessKeyId', ''],
    ['is late', () => signedFields({ expiresInMs: -1 }), undefined, 403, 'AccessDenied', 'Policy expired.'],
    [
      'has another key',
      () => ({ ...signedFields(), key: 'public/bad' }),
      undefined,
      403,
      'AccessDenied',
      'Policy Condition failed: [&quot;starts-with&quot;,&quot;$key&quot;,&quot;inbox/&quot;]',
    ],
    [
      'has another type',
      () => ({ ...signedFields(TYPED), 'Content-Type': 'text/html' }),
      undefined,
      403,
      'AccessDenied',
      '$Content-Type',
    ],
    [
      'has a list of types with another',
      () => ({ ...signedFields(TYPED), 'Content-Type': 'image/png,text/html' }),
      undefined,
      403,
      'AccessDenied',
      '',
    ],
    ['lacks a field', () => signedFields(TYPED), undefined, 403, 'AccessDenied', 'Policy Condition failed'],
    [
      'has a field too many',
      () => ({ ...signedFields(), acl: 'public-read' }),
      undefined,
      403,
      'AccessDenied',
      'Extra input fields: acl',
    ],
    ['is too large', () => signedFields(SHORT), 'sixsix', 400, 'EntityTooLarge', '<MaxSizeAllowed>5</MaxSizeAllowed>'],
    ['is too small', () => signedFields(SHORT), 's', 400, 'EntityTooSmall', '<MinSizeAllowed>2</MinSizeAllowed>'],
    ['has no file', () => signedFields(), '', 400, 'InvalidArgument', 'exactly one file'],
    ['has no key', () => ({ ...signedFields(), key: '' }), undefined, 400, 'InvalidArgument', 'key'],
  ])('is refused when it %s', async (_what, fields, file, status, code, text) => {
    const answer = await post(fields(), file);
    expect(answer).toMatchObject({ status, code, text: expect.stringContaining(text) });
    expect(await stored('inbox/bad')).toBe('NoSuchKey');
  });

  it('is refused at another bucket, and to a function that may not write there', async () => {
    const elsewhere = await post(signedFields(), 'x', 'other-bucket');
    expect(elsewhere).toMatchObject({ status: 403, text: expect.stringContaining('Policy Condition failed') });
    const notAllowed = await post(signedFields({ bucket: 'other-bucket' }), 'x', 'other-bucket');
    expect(notAllowed).toMatchObject({ status: 403, text: expect.stringContaining('is not authorized to perform') });
    expect(stack.logs()).toContain(
      'IAM: fixture-echo lacks the grant s3:PutObject on arn:aws:s3:::other-bucket/inbox/a.png.',
    );
  });

  it.each(['acl', 'tagging'])(
    'is refused where the function may write, but not what the field %s does',
    async (field) => {
      const answer = await post({ ...signedFields({ conditions: [['starts-with', `$${field}`, '']] }), [field]: 'x' });
      expect(answer).toMatchObject({ status: 403, text: expect.stringContaining('is not authorized to perform') });
      expect(stack.logs().at(-1)).toMatch(/^IAM: fixture-echo lacks the grant s3:PutObject(?:Acl|Tagging) on .*inbox/);
    },
  );

  it('is refused when a field comes twice, or when it is no form', async () => {
    const form = new FormData();
    for (const [name, value] of Object.entries(signedFields())) form.append(name, value);
    form.append('KEY', 'inbox/other');
    form.append('file', new Blob(['x']));
    const twice = await fetch(`${stack.stack.endpoints.s3}/${BUCKET}`, { method: 'POST', body: form });
    await expect(twice.text()).resolves.toContain('key was given more than once');
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    const broken = await fetch(`${stack.stack.endpoints.s3}/${BUCKET}`, { method: 'POST', body: 'no form', headers });
    expect(broken.status).toBe(400);
    const plain = await fetch(`${stack.stack.endpoints.s3}/${BUCKET}`, { method: 'POST', body: 'a=b' });
    expect(plain.status).toBe(403);
  });
});
