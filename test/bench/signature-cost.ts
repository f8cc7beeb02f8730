import { createHmac, createSecretKey } from 'node:crypto';
import { readCredentials } from '../../shared/http/api-key/credentials.ts';
import { isRight, isTimely } from '../../shared/http/api-key/signature.ts';
import { newApiKey, newApiSecret } from '../../shared/identity/api-key/api-key.ts';
import { systemRandom } from '../../shared/platform/random.ts';
import { apiEvent } from '../support/api-event.ts';
import { signedHeaders } from '../support/signing.ts';
import { interleave, worked } from './measure.ts';
import { type BenchOptions, ratioRow, type Row } from './report.ts';

const PATH = '/v1/capital/wallet/operation';

/** What else a request comes with behind API Gateway. */
const HEADERS = {
  accept: '*/*',
  'accept-encoding': 'gzip, deflate, br',
  'content-type': 'application/json',
  host: 'api.example.com',
  'user-agent': 'node',
  'x-amzn-trace-id': 'Root=1-67000000-000000000000000000000000',
  'x-forwarded-for': '192.0.2.1',
  'x-forwarded-port': '443',
  'x-forwarded-proto': 'https',
};

/** A JSON body of that many bytes. */
const bodyOf = (bytes: number): string => JSON.stringify({ text: 'x'.repeat(bytes - '{"text":""}'.length) });

const CALLS = 5_000;

/** Mean microseconds of this thread for one call, over many in a row. */
const perCall = (work: () => boolean) => (): Promise<number> => {
  const started = worked();
  for (let call = 0; call < CALLS; call += 1) if (!work()) throw new Error('A right signature was refused.');
  return Promise.resolve((worked() - started) / CALLS);
};

/** All that is done to verify a signature whose secret is at hand, against the one HMAC that it takes. */
const rowOf = async (bytes: number, rounds: number): Promise<Row> => {
  const key = { apiKey: newApiKey(systemRandom), secret: newApiSecret(systemRandom) };
  const [secret, body, now] = [createSecretKey(Buffer.from(key.secret)), bodyOf(bytes), Date.now()];
  const headers = { ...HEADERS, ...signedHeaders(key, { path: PATH, nonce: now, body }) };
  const event = apiEvent({ method: 'POST', path: PATH, headers, body });
  const verify = (): boolean => {
    const { signature, signed } = readCredentials(event);
    return isTimely(Number(signed.nonce), now) && isRight(signature, secret, signed);
  };
  const text = `${PATH}${now}${body}`;
  const bare = (): boolean => createHmac('sha384', secret).update(text).digest().length > 0;
  const samples = await interleave({ verification: perCall(verify), hmac: perCall(bare) }, rounds);
  const { verification = [], hmac = [] } = samples;
  return ratioRow(`Verifying a signature, body of ${bytes} B: against a bare HMAC-SHA384`, verification, hmac, {
    unit: 'µs',
    bound: '',
  });
};

/** The CPU of a signature, for a small body and a larger one. */
export const signatureRows = async ({ quick, note }: BenchOptions): Promise<readonly Row[]> => {
  note('signature');
  const rounds = quick ? 7 : 31;
  return [await rowOf(200, rounds), await rowOf(2_000, rounds)];
};
