import { describe, expect, it } from '@jest/globals';
import { createClient, TransportError } from '../../../shared/client/client.ts';
import { BASE, type FakeAnswer, keyOver, sessionOver, TRANSFER } from '../../support/fake-api.ts';

const BUSY: FakeAnswer = { status: 429, code: -429, headers: { 'retry-after': '0' } };

describe('another try', () => {
  it('is made of what changes nothing, with a new nonce', async () => {
    const { client, received } = keyOver(BUSY, { ...BUSY, status: 503 }, { data: '[]' });
    expect(await client.call('account.user')).toMatchObject({ ok: true });
    expect(new Set(received.map(({ headers }) => headers.get('btse-nonce'))).size).toBe(3);
  });

  it('is made of what moves money under one idempotency key', async () => {
    const { client, received } = sessionOver([BUSY, { headers: { 'idempotent-replayed': 'true' }, data: '3019' }]);
    const result = await client.call('capital.wallet-operation', { body: TRANSFER });
    expect(result).toMatchObject({ ok: true, replayed: true, data: '3019' });
    const keys = received.map(({ headers }) => headers.get('idempotency-key'));
    expect(keys).toEqual([keys[0], keys[0]]);
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(new TextDecoder().decode(received[1]?.body)).toContain('"amount":"0.100000000000000000001"');
  });

  it('is made of nothing else', async () => {
    const { client, received } = sessionOver([BUSY]);
    await client.call('auth.login', { body: { loginName: 'ann', password: 'x' } });
    await client.call('capital.transfer-resend', { query: { balance_audit_id: '1' } });
    await client.call('account.apply-authenticator');
    await client.call('account.end-sessions');
    expect(received).toHaveLength(4);
  });

  it('is made a few times only, and what the last says stands', async () => {
    const { client, received } = sessionOver([BUSY], { retries: 2 });
    const result = await client.call('capital.wallet-operation', { body: TRANSFER, idempotencyKey: 'rent for may' });
    expect(result).toMatchObject({ ok: false, code: -429, retryAfter: 0, idempotencyKey: 'rent for may' });
    expect(received).toHaveLength(3);
  });

  it('ends with the signal of the caller', async () => {
    const { client } = sessionOver([{ ...BUSY, headers: { 'retry-after': '9' } }]);
    const signal = AbortSignal.timeout(50);
    await expect(client.call('account.user', { signal })).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});

describe('no answer', () => {
  const silent: typeof fetch = (_input, init) =>
    new Promise((_resolve, reject) => {
      const abort = (): void => reject(new Error('aborted'));
      if (init?.signal?.aborted) abort();
      init?.signal?.addEventListener('abort', abort);
    });

  it('is an error once the time is up', async () => {
    const client = createClient({ baseUrl: BASE, fetch: silent, timeoutMs: 30 });
    await expect(client.call('service.time')).rejects.toThrow(TransportError);
    await expect(client.call('service.time')).rejects.toThrow(
      'GET https://api.example.com/v1/time was not answered: none came in 30 ms.',
    );
  });

  it('is what the caller ended it with', async () => {
    const client = createClient({ baseUrl: BASE, fetch: silent });
    const controller = new AbortController();
    const call = client.call('service.time', { signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(call).rejects.toThrow('enough');
  });

  it('tells why, and with which key to ask again', async () => {
    const failing: typeof fetch = () =>
      Promise.reject(new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') }));
    const client = createClient({ baseUrl: BASE, fetch: failing });
    const call = client.call('capital.wallet-operation', { body: TRANSFER, idempotencyKey: 'k' });
    await expect(call).rejects.toMatchObject({ idempotencyKey: 'k', message: /fetch failed \(connect ECONNREFUSED\)/ });
  });

  it('is what something else than the API says', async () => {
    for (const text of ['<html>502</html>', '{"message":"Forbidden"}', '']) {
      const { client } = sessionOver([{ status: 502, text }]);
      await expect(client.call('account.user')).rejects.toMatchObject({ name: 'TransportError', status: 502 });
    }
  });
});
