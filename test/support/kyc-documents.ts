import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { dynamoDbClient, OPERATOR } from '../../infra/local/emulators/emulators.ts';
import { accessKeyOf } from '../../infra/local/workers/access-key.ts';
import { type ApiResponse, type Envelope, envelopeOf, type TestStack } from './local-stack.ts';

/** A form with a file and a type, as a browser sends it. */
export const formOf = async (
  file: Uint8Array | undefined,
  fields: Readonly<Record<string, string>> = { type: '1' },
): Promise<{ readonly headers: Readonly<Record<string, string>>; readonly body: Buffer }> => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  if (file) form.append('file', new Blob([Buffer.from(file)], { type: 'text/plain' }), 'photo.txt');
  const { headers, body } = new Request('http://localhost', { method: 'POST', body: form });
  return {
    headers: { 'content-type': headers.get('content-type') ?? '' },
    body: Buffer.from(await new Response(body).arrayBuffer()),
  };
};

export const sendImage = async (
  stack: TestStack,
  token: string,
  file: Uint8Array | undefined,
  fields?: Readonly<Record<string, string>>,
): Promise<ApiResponse> => {
  const { headers, body } = await formOf(file, fields);
  return stack.call('POST', '/v1/kyc/image', { headers: { ...headers, token, 'accept-language': 'en' }, body });
};

/** Posts a file to the storage by the form that upload_url gave. */
export const postForm = async (
  { url, fields }: { readonly url: string; readonly fields: Readonly<Record<string, string>> },
  file: Uint8Array,
  changed: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly text: string }> => {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...fields, ...changed })) form.append(name, value);
  form.append('file', new Blob([Buffer.from(file)]), 'photo.txt');
  const response = await fetch(url, { method: 'POST', body: form });
  return { status: response.status, text: await response.text() };
};

export const calling =
  (stack: TestStack, token: string) =>
  async (path: string, body: unknown): Promise<Envelope> =>
    envelopeOf(await stack.call('POST', path, { headers: { token, 'accept-language': 'en' }, body }));

/** Two hours: whatever was under way is over. Nobody is logged in any more until the clock is right again. */
const LATER_MS = 7_200_000;

/** Deletes every document that nothing refers to, as the scheduled job would in two hours. */
export const sweepDocuments = async ({ call }: TestStack): Promise<void> => {
  await call('POST', '/_local/clock', { body: { offsetMs: LATER_MS } });
  const { status, body } = await call('POST', '/_local/jobs/jobs-document-sweeper');
  await call('POST', '/_local/clock', { body: { offsetMs: 0 } });
  if (status !== 200) throw new Error(`The sweep was answered ${status}: ${JSON.stringify(body)}`);
};

/** The keys of the objects that images refer to, as an operator sees them. */
export const referredObjects = async ({ stack }: TestStack): Promise<readonly string[]> => {
  const client = DynamoDBDocumentClient.from(
    dynamoDbClient(stack.endpoints.dynamodb, stack.application.region, accessKeyOf(OPERATOR)),
  );
  const TableName = stack.application.tables.map(({ name }) => name).find((name) => name.endsWith('-kyc')) ?? '';
  const { Items = [] } = await client.send(new ScanCommand({ TableName, ConsistentRead: true }));
  client.destroy();
  return Items.filter(({ sk }) => String(sk).startsWith('IMAGE#')).map(({ objectKey }) => String(objectKey));
};

/** The documents' bucket as an operator sees it. */
export const documentsOf = (stack: TestStack) => {
  const { id, secret } = accessKeyOf(OPERATOR);
  const credentials = { accessKeyId: id, secretAccessKey: secret };
  const client = new S3Client({ region: 'ap-northeast-1', credentials, endpoint: stack.stack.endpoints.s3 });
  const Bucket = stack.stack.application.buckets.find((name) => name.includes('-documents-')) ?? '';
  return {
    keys: async (): Promise<readonly string[]> =>
      ((await client.send(new ListObjectsV2Command({ Bucket }))).Contents ?? []).map(({ Key }) => Key ?? ''),
    read: async (Key: string): Promise<{ readonly bytes: Buffer; readonly type: string | undefined }> => {
      const { Body, ContentType } = await client.send(new GetObjectCommand({ Bucket, Key }));
      return { bytes: Buffer.from((await Body?.transformToByteArray()) ?? []), type: ContentType };
    },
    close: () => client.destroy(),
  };
};
