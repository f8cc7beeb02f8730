import { beforeAll, describe, expect, it } from '@jest/globals';
import type { EndpointSpec } from '../../../../shared/contracts/endpoint.ts';
import { inParallel } from '../../../support/registry/in-parallel.ts';
import { createRawClient } from '../../../support/registry/raw-client.ts';
import { envelopeOf, serverTiming } from '../../../support/local-stack.ts';
import { sized } from '../../../support/ledger-run/soak.ts';
import { NAMED_ENDPOINTS, queryOf } from '../../../support/registry/over-http.ts';
import { signerOn, type ToSend } from '../../../support/signer.ts';
import { type KeyPair, signedHeaders } from '../../../support/signing.ts';
import { useJourney } from '../../../support/use-journey.ts';

const IDENTICAL = sized(100, 1_000);

const KEYED = NAMED_ENDPOINTS.filter(([, { apiKey }]) => apiKey !== false);
const OTHERS = NAMED_ENDPOINTS.filter(([, { apiKey, auth }]) => apiKey === false && auth === 'session');

/** The documented example; of 8.1 an operation that keys may ask for. */
const exampleOf = ({ example, id }: EndpointSpec): { readonly body?: string; readonly query: string } => {
  const operation = {
    operation: 'GET_BALANCE_IN_QUOTE',
    toAsset: 'TWD',
    fromWallet: [{ wallet: 'SPOT@', asset: 'USDT' }],
  };
  const body = id === 'capital.wallet-operation' ? operation : example.body;
  return { query: queryOf(example.query), ...(body && { body: JSON.stringify(body) }) };
};

describe('signed requests over HTTP', () => {
  const live = useJourney({ stage: 'test' });
  let signer: ReturnType<typeof signerOn>;
  let token: string;
  let key: KeyPair;

  const send = (endpoint: EndpointSpec, changes: ToSend & { readonly path?: string; readonly by?: KeyPair } = {}) => {
    const { path = endpoint.path, by = key, ...toSend } = changes;
    return signer.signed(by, endpoint.method, path, { ...exampleOf(endpoint), ...toSend });
  };

  beforeAll(async () => {
    signer = signerOn(live.stack, live.journey);
    token = await signer.readyToken();
    key = await signer.makeKey(token);
  });

  it.each(KEYED)(
    '%s takes them, under both prefixes and with a slash at the end, as it takes a token',
    async (_, endpoint) => {
      const { body, query } = exampleOf(endpoint);
      const headers = { token, 'content-type': 'application/json' };
      const options = { headers, ...(body !== undefined && { body }) };
      const byToken = await live.stack.call(endpoint.method, `${endpoint.path}${query}`, options);
      for (const path of [endpoint.path, `/bitgin${endpoint.path}`, `${endpoint.path}/`]) {
        const bySignature = await send(endpoint, { path });
        expect([path, bySignature.status, envelopeOf(bySignature).code]).toEqual([
          path,
          byToken.status,
          envelopeOf(byToken).code,
        ]);
        expect(bySignature.headers['ratelimit-limit']).toBe('300');
      }
      expect(byToken.status).toBe(200);
    },
  );

  it.each(KEYED)('%s refuses them without the scope, and of another path', async (_, endpoint) => {
    const scope = typeof endpoint.apiKey === 'string' ? endpoint.apiKey : 'read';
    const others = (['read', 'trade', 'pay'] as const).filter((one) => one !== scope);
    const lacking = await send(endpoint, { by: await signer.makeKey(token, others) });
    expect([lacking.status, envelopeOf(lacking).code]).toEqual([403, -403]);
    const nonce = await signer.now();
    const { body } = exampleOf(endpoint);
    const elsewhere = signedHeaders(key, { path: `/bitgin${endpoint.path}`, nonce, body: body ?? '' });
    const moved = await send(endpoint, { nonce, headers: elsewhere });
    expect([moved.status, envelopeOf(moved).code]).toEqual([401, -401]);
  });

  it.each(OTHERS)('%s takes none: without a token it answers as to nobody', async (_, endpoint) => {
    const path = endpoint.path.replaceAll(/\{\w+\}/g, '1');
    const headers = signedHeaders(key, { path, nonce: await signer.now() });
    const answer = await live.stack.call(endpoint.method, path, { headers });
    const isRedirect = endpoint.response === 'redirect';
    const code = isRedirect ? answer.headers.location?.match(/alertcode=(\d+)/)?.[1] : envelopeOf(answer).code;
    expect([answer.status, Number(code)]).toEqual([isRedirect ? 302 : 401, 10002]);
  });

  it('are over the very bytes of the body: spaces, escapes and UTF-8 as they were sent', async () => {
    const endpoint = KEYED.find(([, { method }]) => method === 'POST')?.[1];
    if (!endpoint) throw new Error('No endpoint with a body accepts keys.');
    const fields = endpoint.id === 'capital.wallet-operation' ? exampleOf(endpoint).body : '{"currency":"TWD"}';
    const inner = (fields ?? '').slice(1);
    for (const body of [` \t{ ${inner}\n`, `{"\\u006e":"\\u00e9é\u{1F600}",${inner}`, `{"n":"\ufeff", ${inner}`]) {
      for (const sent of [body, Buffer.from(body)]) expect((await send(endpoint, { body: sent })).status).toBe(200);
      const nonce = await signer.now();
      const headers = signedHeaders(key, { path: endpoint.path, nonce, body: JSON.stringify(JSON.parse(body)) });
      expect((await send(endpoint, { body, nonce, headers })).status).toBe(401);
    }
  });

  it(`that are ${IDENTICAL} times the same are accepted once`, async () => {
    const own = await signer.makeKey(await signer.readyToken(), ['read']);
    const path = '/v1/user';
    const headers = signedHeaders(own, { path, nonce: await signer.now() });
    const all = Array.from({ length: IDENTICAL }, () => live.stack.call('GET', path, { headers }));
    const answers = await Promise.all(all);
    const accepted = answers.filter(({ status }) => status === 200);
    expect(accepted).toHaveLength(1);
    expect(answers.filter(({ status }) => status !== 200 && status !== 401)).toEqual([]);
  });

  it('all pass whose nonces differ, in parallel and out of order', async () => {
    const own = await signer.makeKey(await signer.readyToken(), ['read']);
    const now = await signer.now();
    const skews = Array.from({ length: 60 }, (_, at) => ((at * 37) % 60) - 30);
    const answers = await inParallel(skews, 8, (skew) =>
      signer.signed(own, 'GET', '/v1/user', { nonce: now + skew * 100 }),
    );
    expect(answers.map(({ status }) => status)).toEqual(skews.map(() => 200));
  });

  it('add no sequential call to those of a session, two for the first of a key', async () => {
    const byToken = () => live.stack.call('GET', '/v1/user/vip_info', { headers: { token } });
    // The first writes that the session was seen.
    await byToken();
    const own = await signer.makeKey(token, ['read']);
    // So slow that calls which can run at once do.
    await live.stack.fault({ service: 'dynamodb', mode: 'slow', rate: 1, delayMs: 100 });
    await live.stack.fault({ service: 'kms', mode: 'slow', rate: 1, delayMs: 100 });
    const session = serverTiming(await byToken());
    const first = serverTiming(await signer.signed(own, 'GET', '/v1/user/vip_info'));
    const second = serverTiming(await signer.signed(own, 'GET', '/v1/user/vip_info'));
    await live.stack.fault({ service: 'dynamodb', mode: 'none' });
    await live.stack.fault({ service: 'kms', mode: 'none' });
    expect(first.calls.join()).toContain('Decrypt');
    expect(second.calls.join()).not.toContain('Decrypt');
    expect([session.sequential, first.sequential, second.sequential]).toEqual([1, 3, 1]);
  });

  it('are dead at once in every container when the key is revoked', async () => {
    const own = await signer.makeKey(token, ['read']);
    const ask = () => signer.signed(own, 'GET', '/v1/user');
    expect((await ask()).status).toBe(200);
    const query = new URLSearchParams({ apiKey: own.apiKey });
    const revoked = await live.stack.call('DELETE', `/v1/user/api_keys?${query}`, { headers: { token } });
    expect(revoked.status).toBe(200);
    const answers = await Promise.all(Array.from({ length: 6 }, ask));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 401));
  });

  it('leave neither key nor secret nor signature in the logs', () => {
    const logged = live.stack.logs().join('\n');
    expect(logged).toContain('"account.user"');
    expect(logged).not.toContain(key.apiKey);
    expect(logged).not.toContain(key.secret);
    expect(logged).not.toMatch(/[0-9a-f]{96}/);
    expect(logged).not.toMatch(/"(?:REQUEST_FAILED|OUTPUT_INVALID|DEADLINE_EXCEEDED)"/);
  });

  it.each(KEYED)('%s answers every kind of broken header with 401 and which it is', async (_, endpoint) => {
    const client = createRawClient(live.stack.url);
    const { body, query } = exampleOf(endpoint);
    const nonce = await signer.now();
    const right = signedHeaders(key, { path: endpoint.path, nonce, body: body ?? '' });
    const { 'btse-api': api, 'btse-sign': sign } = right;
    const broken: readonly (readonly [header: keyof typeof right, values: readonly string[]])[] = [
      ['btse-api', ['', 'x', api.slice(1), `${api}=`, api.replace('=', '-'), 'A'.repeat(6_000), 'é'.repeat(22)]],
      ['btse-nonce', ['', '0', '-1', '1e12', 'now', String(nonce / 1000), `0${nonce}`, `${nonce}0`, '9'.repeat(6_000)]],
      ['btse-nonce', [String(nonce - 40_000), String(nonce + 40_000)]],
      ['btse-sign', ['', 'g'.repeat(96), sign.toUpperCase(), sign.slice(2), `${sign}00`, 'a'.repeat(6_000)]],
    ];
    const changed = broken.flatMap(([header, values]) =>
      values.map((value) => ({ header, headers: { ...right, [header]: value } })),
    );
    const repeated = Object.entries(right).map(([header, value]) => ({
      header,
      headers: { ...right, [header]: [value, value] },
    }));
    const missing = Object.keys(right).map((header) => ({
      header,
      headers: Object.fromEntries(Object.entries(right).filter(([name]) => name !== header)),
    }));
    const json = { 'content-type': 'application/json' };
    const answers = await inParallel([...changed, ...repeated, ...missing], 2, async ({ header, headers }) => {
      const request = { method: endpoint.method, target: `${endpoint.path}${query}`, headers: { ...json, ...headers } };
      const answer = await client.send({ ...request, ...(body !== undefined && { body }) });
      return [header, answer.status, envelopeOf(answer).code, envelopeOf(answer).msg?.includes(header)] as const;
    });
    client.close();
    expect(answers.filter(([, status, code, named]) => status !== 401 || code !== -401 || !named)).toEqual([]);
  });
});
