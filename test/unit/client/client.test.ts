import { describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { createClient } from '../../../shared/client/client.ts';
import { BASE, fakeApi, keyOver, sessionOver, TRANSFER } from '../../support/fake-api.ts';

describe('a call', () => {
  it('sends what it is given', async () => {
    const { client, received } = sessionOver([{}], { language: 'en', baseUrl: `${BASE}/bitgin/` });
    await client.call('wallet.history-list', { query: { query: 'TWD-1,USDT-2', pageSize: 5, startDate: undefined } });
    const [{ method, url, headers, credentials } = fail()] = received;
    expect([method, url, credentials]).toEqual([
      'GET',
      `${BASE}/bitgin/v1/wallet/historyList?query=TWD-1%2CUSDT-2&pageSize=5`,
      'omit',
    ]);
    expect(Object.fromEntries(headers)).toEqual({ token: 'T', 'accept-language': 'en' });
  });

  it('gives exact decimals as they are written', async () => {
    const data =
      '{"total":1.000000000000000000001,"balance":[{"total":12345678901234567890,"available":0.10,"type":1}]}';
    const { client } = sessionOver([{ data }]);
    expect(await client.call('wallet.balance')).toMatchObject({
      ok: true,
      data: {
        total: '1.000000000000000000001',
        balance: [{ total: '12345678901234567890', available: '0.10', type: 1 }],
      },
    });
  });

  it('tells what was refused, and throws nothing', async () => {
    const { client } = sessionOver([{ status: 400, code: 10006, data: '{"wrongTime":2}' }]);
    const result = await client.call('auth.login', { body: { loginName: 'ann', password: 'x' } });
    expect(result).toEqual({
      ok: false,
      status: 400,
      code: 10006,
      msg: 'It was refused.',
      time: 1_700_000_000_000,
      data: { wrongTime: 2 },
    });
    expect(!result.ok && result.data?.wrongTime).toBe(2);
  });

  it('sends a form where the endpoint takes one', async () => {
    const { client, received } = sessionOver([{}]);
    const file = new File(['%PDF'], 'a.pdf', { type: 'application/pdf' });
    await client.call('kyc.image', { body: { file, type: '3' } });
    const [{ form, headers } = fail()] = received;
    expect(headers.get('content-type')).toMatch(/^multipart\/form-data; boundary=/);
    expect([...(form?.keys() ?? [])]).toEqual(['file', 'type']);
    expect(form?.get('type')).toBe('3');
  });
});

const fail = (): never => {
  throw new Error('No request came.');
};

describe('a session', () => {
  it('follows its token from login to logout', async () => {
    const { client, received } = sessionOver([{ headers: { token: 'NEW' } }, {}, { status: 400, code: -19 }, {}, {}], {
      token: 'OLD',
    });
    await client.call('auth.login', { body: { loginName: 'ann', password: 'x' } });
    expect(client.token).toBe('NEW');
    await client.call('account.user');
    await client.call('auth.logout');
    expect(client.token).toBe('NEW');
    await client.call('auth.logout');
    expect(client.token).toBeUndefined();
    await client.call('account.login-status');
    expect(received.map(({ headers }) => headers.get('token'))).toEqual([null, 'NEW', 'NEW', 'NEW', null]);
  });

  it('is left to the browser where that keeps its cookie', async () => {
    const { client, received } = sessionOver([{ headers: { token: 'NEW' } }], { token: undefined, cookies: true });
    await client.call('auth.login', { body: { loginName: 'ann', password: 'x' } });
    await client.call('account.user');
    expect(client.token).toBeUndefined();
    expect(received.map(({ headers, credentials }) => [headers.get('token'), credentials])).toEqual([
      [null, 'include'],
      [null, 'include'],
    ]);
  });
});

describe('an API key', () => {
  it('signs the path and the bytes of the body, each request with a nonce of its own', async () => {
    const { client, received } = keyOver({});
    await Promise.all([client.call('account.user'), client.call('account.user')]);
    await client.call('capital.wallet-operation', { body: { ...TRANSFER, receiver: '租金' } });
    const nonces = received.map(({ headers }) => headers.get('btse-nonce'));
    expect(new Set(nonces).size).toBe(3);
    for (const { url, headers, body } of received) {
      const path = new URL(url).pathname;
      const expected = createHmac('sha384', 'secret')
        .update(`${path}${headers.get('btse-nonce')}`)
        .update(body);
      expect(headers.get('btse-sign')).toBe(expected.digest('hex'));
      expect(headers.get('btse-api')).toBe('key');
      expect(headers.get('token')).toBeNull();
    }
  });

  it('does not sign what is for anyone', async () => {
    const { client, received } = keyOver({ data: '1700000000000' });
    expect(await client.call('service.time')).toMatchObject({ ok: true, data: 1_700_000_000_000 });
    expect(received[0]?.headers.has('btse-sign')).toBe(false);
  });

  it('does not sign the stage of an address of API Gateway', async () => {
    const { fetch, received } = fakeApi({});
    const baseUrl = 'https://abc123.execute-api.ap-northeast-1.amazonaws.com/dev';
    await createClient({ baseUrl, apiKey: 'key', secret: 'secret', fetch }).call('account.user');
    const [{ url, headers } = fail()] = received;
    expect(url).toBe(`${baseUrl}/v1/user`);
    const expected = createHmac('sha384', 'secret')
      .update(`/v1/user${headers.get('btse-nonce')}`)
      .digest('hex');
    expect(headers.get('btse-sign')).toBe(expected);
  });
});
