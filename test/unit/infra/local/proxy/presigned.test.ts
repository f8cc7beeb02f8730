import { describe, expect, it } from '@jest/globals';
import { SignatureV4 } from '@smithy/signature-v4';
import { createHash, createHmac } from 'node:crypto';
import { createCallers } from '../../../../../infra/local/proxy/caller.ts';
import { createJudgePresigned, presignedSignature } from '../../../../../infra/local/proxy/presigned.ts';
import { accessKeyOf } from '../../../../../infra/local/workers/access-key.ts';

/** The example in "Authenticating Requests: Using Query Parameters" of the S3 API reference. */
const EXAMPLE = {
  method: 'GET',
  target:
    '/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host',
  headers: { host: 'examplebucket.s3.amazonaws.com' },
};

const NOW = Date.UTC(2026, 0, 1);

/** As the SDK signs. */
class Sha256 {
  readonly #hash;
  constructor(key?: string | ArrayBuffer | ArrayBufferView) {
    const secret = key === undefined ? undefined : typeof key === 'string' ? key : bytesOf(key);
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret);
  }
  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(typeof data === 'string' ? data : bytesOf(data));
  }
  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }
}

const bytesOf = (data: ArrayBuffer | ArrayBufferView): Uint8Array =>
  ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data);

const HOST = '127.0.0.1:4566';

const signed = async (signer = 'reader', path = '/documents/a%20b%28c%29.png') => {
  const { id, secret } = accessKeyOf(signer);
  const signature = new SignatureV4({
    service: 's3',
    region: 'ap-northeast-1',
    credentials: { accessKeyId: id, secretAccessKey: secret },
    sha256: Sha256,
    uriEscapePath: false,
  });
  const request = { method: 'GET', protocol: 'http:', hostname: HOST, path, query: {}, headers: { host: HOST } };
  const options = { expiresIn: 300, signingDate: new Date(NOW) };
  const { query = {} } = await signature.presign(
    { ...request, headers: { ...request.headers, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } },
    options,
  );
  const text = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return { method: 'GET', target: `${path}?${text.join('&')}`, headers: { host: HOST } };
};

const judgeAt = (now: number) =>
  createJudgePresigned({ callers: createCallers(['reader'], 'operator'), operator: 'operator', now: () => now });

describe('a presigned address', () => {
  it('is signed as in the example of the S3 documentation', () => {
    expect(presignedSignature(EXAMPLE, 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')).toBe(
      'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
    );
  });

  it.each(['reader', 'operator'])('is good as the SDK makes it for %s, until it ends and not after', async (signer) => {
    const call = await signed(signer);
    expect(judgeAt(NOW)(call)).toBeUndefined();
    expect(judgeAt(NOW + 300_000)(call)).toBeUndefined();
    expect(judgeAt(NOW + 300_001)(call)).toMatchObject({ status: 403, message: 'Request has expired' });
  });

  it('opens nothing else, nor for longer, nor in another way', async () => {
    const call = await signed();
    const changed = [
      { ...call, target: call.target.replace('/a%20b', '/b%20b') },
      { ...call, target: call.target.replace('X-Amz-Expires=300', 'X-Amz-Expires=301') },
      { ...call, target: `${call.target}&versionId=1` },
      { ...call, method: 'DELETE' },
      { ...call, headers: { host: 'elsewhere' } },
    ];
    for (const one of changed) expect(judgeAt(NOW)(one)?.code).toBe('SignatureDoesNotMatch');
  });

  it.each([
    ['X-Amz-Expires=300', 'X-Amz-Expires=604801'],
    ['X-Amz-Expires=300', 'X-Amz-Expires=soon'],
    ['X-Amz-Date=20260101T000000Z', 'X-Amz-Date=yesterday'],
  ])('with %s as %s is malformed', async (was, is) => {
    const call = await signed();
    expect(judgeAt(NOW)({ ...call, target: call.target.replace(was, is) })?.status).toBe(400);
  });

  it('of nobody known, and a call that is none, are left to who asks for rights', async () => {
    expect(judgeAt(NOW)(await signed('stranger'))).toBeUndefined();
    expect(judgeAt(NOW)({ method: 'GET', target: '/documents/a', headers: {} })).toBeUndefined();
  });
});
