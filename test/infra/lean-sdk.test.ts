import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as kms from '@aws-sdk/client-kms';
import { build, type Metafile } from 'esbuild';
import * as z from 'zod';
import { bundleOptions } from '../../infra/build.ts';
import { ROOT } from '../../infra/bundles.ts';

type Sdk = Pick<typeof kms, 'KMSClient' | 'DecryptCommand'>;

const isSdk = z.custom<Sdk>((value) => typeof value === 'object' && value !== null && 'DecryptCommand' in value);

let folder: string;
let bundled: Sdk;
let meta: Metafile;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lean-sdk-'));
  const outfile = join(folder, 'index.cjs');
  const {
    entryPoints: _none,
    outdir: _folder,
    outbase: _base,
    entryNames: _names,
    ...options
  } = bundleOptions(ROOT, []);
  const contents = `export { KMSClient, DecryptCommand } from '@aws-sdk/client-kms';`;
  const built = await build({ ...options, stdin: { contents, resolveDir: ROOT }, outfile, write: true });
  meta = built.metafile;
  bundled = isSdk.parse(createRequire(import.meta.url)(outfile));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What a client throws when KMS answers so, and how often it asked. */
const thrownBy = async ({ KMSClient, DecryptCommand }: Sdk, statusCode: number, body: object) => {
  let calls = 0;
  const handle = () => {
    calls += 1;
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'request-1' };
    return Promise.resolve({
      response: { statusCode, headers, body: Readable.from([Buffer.from(JSON.stringify(body))]) },
    });
  };
  const client = new KMSClient({
    region: 'eu-central-1',
    credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
    maxAttempts: 2,
    requestHandler: { handle },
  });
  const failed: unknown = await client
    .send(new DecryptCommand({ CiphertextBlob: new Uint8Array([1]) }))
    .catch((error: unknown) => error);
  const { name, message, $fault, $metadata } = z
    .object({
      name: z.string(),
      message: z.string(),
      $fault: z.string(),
      $metadata: z.looseObject({ httpStatusCode: z.int(), requestId: z.string() }),
    })
    .parse(failed);
  const { httpStatusCode, requestId } = $metadata;
  return { name, message, $fault, httpStatusCode, requestId, calls };
};

describe('the SDK in bundles', () => {
  it('leaves out the errors of KMS', () => {
    const held = Object.values(meta.outputs).flatMap(({ inputs }) =>
      Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
    );
    expect(held.some((file) => file.endsWith('client-kms/dist-es/KMSClient.js'))).toBe(true);
    expect(held.filter((file) => file.endsWith('client-kms/dist-es/models/errors.js'))).toEqual([]);
  });

  it.each([
    [400, 'InvalidCiphertextException', 1],
    [400, 'com.amazonaws.kms#IncorrectKeyException', 1],
    [400, 'ThrottlingException', 2],
    [500, 'KMSInternalException', 2],
    [503, 'DependencyTimeoutException', 2],
  ])('tells the answer %i %s as the whole SDK does', async (status, type, calls) => {
    const body = { __type: type, message: 'Why it failed.' };
    const thrown = await thrownBy(bundled, status, body);
    expect(thrown).toEqual(await thrownBy(kms, status, body));
    expect(thrown).toMatchObject({ name: type.split('#').at(-1), message: 'Why it failed.', calls });
  });
});
