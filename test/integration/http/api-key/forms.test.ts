import { beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import { user } from '../../../../shared/contracts/endpoints/account/user.ts';
import { defineEndpoint } from '../../../../shared/contracts/endpoint.ts';
import { fileField } from '../../../../shared/contracts/file-field.ts';
import { ENDPOINTS } from '../../../../shared/contracts/registry.ts';
import { keySupport } from '../../../../shared/http/api-key/keyed-endpoint-handler.ts';
import { assemble } from '../../../../shared/http/endpoint-handler.ts';
import { formParser } from '../../../../shared/http/form-body.ts';
import { readMultipart } from '../../../../shared/http/multipart.ts';
import { sha256 } from '../../../../shared/platform/digest.ts';
import { useIdentity } from '../../../support/identity.ts';
import { formOf } from '../../../support/kyc-documents.ts';
import { envelopeOf } from '../../../support/local-stack.ts';
import { signedCalls } from '../../../support/signed-calls.ts';
import { signerOn } from '../../../support/signer.ts';
import { type KeyPair, signedHeaders } from '../../../support/signing.ts';
import { testFoundation } from '../../../support/test-platform.ts';
import { useJourney } from '../../../support/use-journey.ts';

/** No route that accepts keys takes a form today; this one stands for those that will. */
const form = defineEndpoint({
  ...user,
  id: 'test.form',
  method: 'POST',
  path: '/v1/test/form',
  bodyType: 'multipart',
  body: z.object({ file: fileField }),
  data: z.object({ digest: z.string() }),
  example: { body: { file: 'bytes' }, data: { digest: '' } },
});

/** Every byte there is: what is no UTF-8, line ends, and something like a boundary. */
const BYTES = Buffer.concat([
  Buffer.from(Uint8Array.from({ length: 512 }, (_, index) => index % 256)),
  Buffer.from([0xc3, 0x28, 0xff, 0xfe, 0xed, 0xa0, 0x80, 0x0d, 0x0a, 0x2d, 0x2d]),
]);

/** One form for all: each has a boundary of its own, by which two would differ whatever is in them. */
const SENT = formOf(BYTES);

const hexOf = (bytes: Buffer): string => sha256(bytes.toString('hex'));

describe('a signed form', () => {
  const identity = useIdentity();

  const container = () => {
    const bind = () => async (request: { readonly body: { readonly file: File } }) => {
      const digest = hexOf(Buffer.from(await request.body.file.arrayBuffer()));
      return { ok: true, data: { digest } } as const;
    };
    const parts = { keys: keySupport, form: formParser(readMultipart) };
    return assemble(form, testFoundation(form, identity().resources), bind, parts);
  };

  const send = async (key: KeyPair, changes: { signedAs?: Buffer; base64?: (text: string) => string } = {}) => {
    const { call } = signedCalls(identity());
    const { headers, body } = await SENT;
    const { signedAs = body, base64 = (text) => text } = changes;
    const { path, method } = form;
    const nonce = identity().clock.now();
    identity().clock.advance(1);
    return call(container(), {
      method,
      path,
      headers: { ...headers, ...signedHeaders(key, { path, nonce, body: signedAs }) },
      body: base64(body.toString('base64')),
      isBase64Encoded: true,
    });
  };

  it('in base64, as the gateway hands it on, is verified over the bytes that were sent', async () => {
    const key = await signedCalls(identity()).freshKey();
    expect(await send(key)).toMatchObject({ status: 200, code: 1, data: { digest: hexOf(BYTES) } });
  });

  it('with any one bit flipped under way is refused with 401, and so is one signed in base64 or as text', async () => {
    const key = await signedCalls(identity()).freshKey();
    const { body } = await SENT;
    const wrong = { status: 401, code: -401, msg: expect.stringContaining('簽章不符') };
    const flipped = (at: number) => (text: string) => {
      const bytes = Buffer.from(text, 'base64');
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      return bytes.toString('base64');
    };
    for (const at of [0, Math.floor(body.length / 2), body.length - 1]) {
      expect(await send(key, { base64: flipped(at) })).toMatchObject(wrong);
    }
    expect(await send(key, { signedAs: Buffer.from(body.toString('base64')) })).toMatchObject(wrong);
    expect(await send(key, { signedAs: Buffer.from(body.toString('utf8')) })).toMatchObject(wrong);
    expect(await send(key)).toMatchObject({ status: 200 });
  });
});

describe('a form to a route that takes JSON', () => {
  const live = useJourney({ stage: 'test' });
  const keyed = ENDPOINTS.filter(({ apiKey, method }) => apiKey !== false && method === 'POST');
  let signer: ReturnType<typeof signerOn>;
  let key: KeyPair;

  beforeAll(async () => {
    signer = signerOn(live.stack, live.journey);
    key = await signer.makeKey(await signer.readyToken());
  });

  it.each(keyed.map(({ path }) => path))('%s is 415 with a right signature, and 401 with another’s', async (path) => {
    const { headers, body } = await SENT;
    const answer = await signer.signed(key, 'POST', path, { body, headers });
    expect([answer.status, envelopeOf(answer).code]).toEqual([415, -415]);
    const other = signedHeaders(key, { path, nonce: await signer.now(), body: body.subarray(1) });
    const refused = await signer.signed(key, 'POST', path, { body, headers: { ...headers, ...other } });
    expect([refused.status, envelopeOf(refused).code]).toEqual([401, -401]);
  });
});
