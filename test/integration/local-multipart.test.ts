import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { bundleOptions } from '../../infra/build.ts';
import { ROOT } from '../../infra/bundles.ts';
import { formOf } from '../support/kyc-documents.ts';
import { startTestStack, type TestStack } from '../support/local-stack.ts';
import { writeFixtureAssembly } from '../unit/infra/local/fixture-assembly.ts';

/** A function that tells of the file that its reader of forms found in an event. */
const SOURCE = `
  import { createHash } from 'node:crypto';
  import { readMultipart } from './shared/http/multipart.ts';
  export const handler = async ({ headers, body, isBase64Encoded }) => {
    const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')[1];
    const { file } = await readMultipart(type, Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'), ['file']);
    const bytes = Buffer.from(await file.arrayBuffer());
    const digest = createHash('sha256').update(bytes).digest('hex');
    return { statusCode: 200, body: JSON.stringify({ isBase64Encoded, size: bytes.length, digest }) };
  };
`;

let stack: TestStack;

beforeAll(async () => {
  const { entryPoints: _none, ...options } = bundleOptions(ROOT, []);
  const stdin = { contents: SOURCE, resolveDir: ROOT, loader: 'ts' } as const;
  const { outputFiles } = await build({ ...options, entryNames: 'index', stdin });
  const digest = { source: outputFiles?.[0]?.text ?? '' };
  stack = await startTestStack({ assembly: writeFixtureAssembly({ digest, fallback: digest }) });
});
afterAll(() => stack.stop());

/** Bytes of every value in every order that a pair of them can have, cut to a length. */
const bytesOf = (length: number): Buffer =>
  Buffer.from(Uint8Array.from({ length }, (_, index) => (index * 31 + (index >> 8) * 17 + (index >> 16)) % 256));

describe('a file in a form', () => {
  it.each([1, 2, 3, 255, 65_537, 4_400_000])('of %i bytes reaches a function as it was sent', async (length) => {
    const file = bytesOf(length);
    const { headers, body } = await formOf(file);
    const response = await stack.call('POST', '/digest', { headers, body });
    expect(response.body).toEqual({
      isBase64Encoded: true,
      size: length,
      digest: createHash('sha256').update(file).digest('hex'),
    });
  });
});
