import { describe, expect, it } from '@jest/globals';
import { newApiKey, newApiSecret } from '../../../../shared/identity/api-key/api-key.ts';
import { loginStatus } from '../../../../shared/contracts/endpoints/account/login-status.ts';
import { sessions } from '../../../../shared/contracts/endpoints/account/sessions.ts';
import { assemble } from '../../../../shared/http/endpoint-handler.ts';
import { systemRandom } from '../../../../shared/platform/random.ts';
import { useIdentity } from '../../../support/identity.ts';
import { signedCalls } from '../../../support/signed-calls.ts';
import { signedHeaders } from '../../../support/signing.ts';
import { testFoundation } from '../../../support/test-platform.ts';

const WINDOW = 30_000;

describe('a signed request', () => {
  const identity = useIdentity();
  const calls = () => signedCalls(identity());

  it('is its user’s, with the rate of the key in the headers', async () => {
    const { freshKey, signed, userContainer } = calls();
    const { holder, ...key } = await freshKey();
    const answer = await signed(userContainer(), key);
    expect(answer).toMatchObject({ status: 200, code: 1, data: { username: holder.name } });
    expect(answer.headers).toMatchObject({ 'ratelimit-limit': '15', 'ratelimit-remaining': '14' });
  });

  it('is good to the millisecond at both edges of the window, and not beyond, with the server’s time', async () => {
    const { freshKey, signed, userContainer } = calls();
    const key = await freshKey();
    const handler = userContainer();
    const now = identity().clock.now();
    const at = (nonce: number) => signed(handler, key, { nonce });
    expect(await at(now - WINDOW)).toMatchObject({ status: 200 });
    expect(await at(now + WINDOW)).toMatchObject({ status: 200 });
    for (const nonce of [now - WINDOW - 1, now + WINDOW + 1]) {
      const answer = await at(nonce);
      expect(answer).toMatchObject({ status: 401, code: -401 });
      expect(answer.msg).toContain(String(now));
      expect(answer.msg).toContain('30001');
    }
  });

  it('is accepted once, while its nonce lasts and after', async () => {
    const { freshKey, signed, userContainer } = calls();
    const key = await freshKey();
    const handler = userContainer();
    const nonce = identity().clock.now() + WINDOW;
    expect(await signed(handler, key, { nonce })).toMatchObject({ status: 200 });
    for (const passed of [0, 1_000, WINDOW, WINDOW - 1_000]) {
      identity().clock.advance(passed);
      const answer = await signed(userContainer(), key, { nonce });
      expect(answer).toMatchObject({ status: 401, code: -401, msg: expect.stringContaining('已送出過') });
    }
    identity().clock.advance(1);
    expect(await signed(handler, key, { nonce })).toMatchObject({ status: 401, msg: expect.stringContaining('時間') });
  });

  it('is another with another body, path or key, at the same nonce, and another query makes it none', async () => {
    const { freshKey, signed, bankContainer, userContainer, call } = calls();
    const [other, key] = [await freshKey(), await freshKey()];
    const nonce = identity().clock.now();
    const handler = bankContainer();
    const path = '/v1/user/bank_accounts';
    const post = (body: string) => signed(handler, key, { method: 'POST', path, body, nonce });
    const bodies = [
      '{"currency":"TWD"}',
      '{"currency": "TWD"}',
      '{"currency":"T\\u0057D"}',
      '{"currency":"TWD","x":"é"}',
    ];
    const answers = await Promise.all(bodies.map((body) => post(body)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const user = userContainer();
    expect(await signed(user, key, { nonce })).toMatchObject({ status: 200 });
    expect(await signed(user, key, { nonce, path: '/bitgin/v1/user' })).toMatchObject({ status: 200 });
    expect(await signed(user, key, { nonce, path: '/v1/user/' })).toMatchObject({ status: 200 });
    const headers = signedHeaders(key, { path: '/v1/user', nonce });
    expect(await call(user, { path: '/v1/user', headers, query: { other: '1' } })).toMatchObject({ status: 401 });
    expect(await signed(user, other, { nonce })).toMatchObject({ status: 200 });
  });

  it('is over the path in the spelling that was sent, and not over the query', async () => {
    const { freshKey, call, userContainer } = calls();
    const key = await freshKey();
    const handler = userContainer();
    const send = (sent: string, signedAs: string, query?: Readonly<Record<string, string>>) => {
      identity().clock.advance(1);
      const headers = signedHeaders(key, { path: signedAs, nonce: identity().clock.now() });
      return call(handler, { path: sent, headers, ...(query && { query }) });
    };
    const spellings = ['/v1/user', '/v1/us%65r', '/v1/us%65R', '/v1/user/', '/bitgin/v1/user', '/v1/%E4%BD%A0'];
    for (const sent of spellings) {
      for (const signedAs of spellings) {
        expect([sent, signedAs, (await send(sent, signedAs)).status]).toEqual([
          sent,
          signedAs,
          sent === signedAs ? 200 : 401,
        ]);
      }
      identity().clock.advance(1_000);
    }
    expect(await send('/v1/user', '/v1/user', { currency: 'TWD' })).toMatchObject({ status: 200 });
    for (const signedAs of ['/v1/user?currency=TWD', '/api/v1/user', 'https://api.example.com/v1/user']) {
      expect(await send('/v1/user', signedAs, { currency: 'TWD' })).toMatchObject({ status: 401, code: -401 });
    }
  });

  it('passes beside others whose nonces are older and newer, in any order', async () => {
    const { freshKey, signed, userContainer } = calls();
    const key = await freshKey();
    const now = identity().clock.now();
    const nonces = [5, -9, 3, 3_000, -7_000, 0, 1, -1, 20_000, 2].map((difference) => now + difference);
    const containers = [userContainer(), userContainer()];
    const answers = await Promise.all(
      nonces.map((nonce, index) => signed(containers[index % 2] ?? userContainer(), key, { nonce })),
    );
    expect(answers.map(({ status }) => status)).toEqual(nonces.map(() => 200));
  });

  it('that is sent many times in parallel is accepted once', async () => {
    const { freshKey, signed, userContainer } = calls();
    const key = await freshKey();
    const containers = Array.from({ length: 4 }, () => userContainer());
    const nonce = identity().clock.now();
    const answers = await Promise.all(
      containers.flatMap((handler) => Array.from({ length: 10 }, () => signed(handler, key, { nonce }))),
    );
    const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b);
    expect(statuses).toEqual([200, ...Array.from({ length: 39 }, () => 401)]);
  });

  it('is refused for a wrong signature, whoever’s, and for an unknown key', async () => {
    const { freshKey, signed, userContainer } = calls();
    const key = await freshKey();
    const other = await freshKey();
    const handler = userContainer();
    const wrong = { status: 401, code: -401, msg: expect.stringContaining('簽章不符'), data: null };
    expect(await signed(handler, { ...key, secret: other.secret })).toMatchObject(wrong);
    expect(await signed(handler, { ...key, secret: key.secret.toUpperCase() })).toMatchObject(wrong);
    expect(await signed(handler, key)).toMatchObject({ status: 200 });
    expect(await signed(handler, { ...key, secret: newApiSecret(systemRandom) })).toMatchObject(wrong);
    const unknown = { apiKey: newApiKey(systemRandom), secret: key.secret };
    expect(await signed(handler, unknown)).toMatchObject({ status: 401, msg: expect.stringContaining('不存在') });
  });

  it('speaks the caller’s language', async () => {
    const { freshKey, signed, userContainer } = calls();
    const headers = { 'accept-language': 'en', 'btse-sign': 'x' };
    const answer = await signed(userContainer(), await freshKey(), { headers });
    expect(answer.msg).toBe(
      'API signature refused: the header btse-sign must be [0-9a-f]{96}; 1 characters came that are not.',
    );
  });
});

describe('beside a signature', () => {
  const identity = useIdentity();
  const calls = () => signedCalls(identity());

  it('a header token is refused with 400, wherever a token is looked at, and a cookie is ignored', async () => {
    const { freshKey, signed, userContainer, containerOf, call } = calls();
    const { holder, ...key } = await freshKey();
    const stranger = await freshKey();
    const cookie = `token=${stranger.holder.token}`;
    const handler = userContainer();
    const status = containerOf({ ...loginStatus, apiKey: 'read', rate: 'query', auth: 'session' }, () => () => ({
      ok: true,
      data: { isLogin: true },
    }));
    for (const token of [holder.token, stranger.holder.token, 'x', '']) {
      expect(await signed(handler, key, { headers: { token } })).toMatchObject({ status: 400, code: -2 });
      expect(await signed(status, key, { headers: { token } })).toMatchObject({ status: 400, code: -2 });
    }
    expect(await call(handler, { headers: { token: holder.token, 'btse-sign': 'x' } })).toMatchObject({ status: 400 });
    expect(await signed(handler, key, { headers: { cookie } })).toMatchObject({ data: { username: holder.name } });
    const unsigned = { 'btse-api': key.apiKey, cookie };
    expect(await call(handler, { headers: unsigned })).toMatchObject({ status: 401, code: -401 });
  });

  it('a cookie opens no route that accepts no key', async () => {
    const { freshKey, call } = calls();
    const { holder, ...key } = await freshKey();
    const foundation = testFoundation(sessions, identity().resources);
    const handler = assemble(sessions, foundation, () => () => ({ ok: true, data: [] }));
    const signature = signedHeaders(key, { path: '/v1/user/sessions', nonce: identity().clock.now() });
    const cookie = `token=${holder.token}`;
    const event = (headers: Readonly<Record<string, string>>) => ({ path: '/v1/user/sessions', headers });
    expect(await call(handler, event({ cookie }))).toMatchObject({ status: 200 });
    expect(await call(handler, event(signature))).toMatchObject({ status: 401, code: 10002 });
    expect(await call(handler, event({ ...signature, cookie }))).toMatchObject({ status: 401, code: 10002 });
    expect(await call(handler, event({ ...signature, token: holder.token }))).toMatchObject({ status: 400, code: -2 });
  });
});
