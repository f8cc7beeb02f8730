import { afterEach, describe, expect, it } from '@jest/globals';
import { apiKeys } from '../../../shared/contracts/endpoints/account/api-keys.ts';
import { createApiKey } from '../../../shared/contracts/endpoints/account/create-api-key.ts';
import { deleteApiKey } from '../../../shared/contracts/endpoints/account/delete-api-key.ts';
import { assemble, type Bind } from '../../../shared/http/endpoint-handler.ts';
import { API_KEY_RULES } from '../../../shared/identity/api-key/api-key.ts';
import { type ApiKeyIndex, readIndex } from '../../../shared/identity/api-key/api-key-index.ts';
import { makeApiKey } from '../../../shared/identity/api-key/creation.ts';
import { listApiKeys, revokeApiKey } from '../../../shared/identity/api-key/own-keys.ts';
import { apiEvent, lambdaContext } from '../../support/api-event.ts';
import { apiKeyUseCases } from '../../support/api-keys.ts';
import { delayCalls, meetAt, peakOverlap, recordCalls, sequentialCalls } from '../../support/call-log.ts';
import { documentClientFor } from '../../support/document-client.ts';
import { useIdentity } from '../../support/identity.ts';
import { testFoundation } from '../../support/test-platform.ts';

const { most } = API_KEY_RULES;
const AT_ONCE = 50;
const FULL = { ok: false, code: 'TOO_MANY_API_KEYS', params: { most: String(most) } };

describe('API keys in parallel', () => {
  const identity = useIdentity();
  const useCases = () => apiKeyUseCases(identity());

  /** A client of its own, whose first transactions meet before any is let through, and what it called. */
  const meeting = (count: number) => {
    const client = documentClientFor(identity().engine.endpoint);
    meetAt(client, 'TransactWriteItems', count);
    const calls = recordCalls(client);
    const overlap = () => peakOverlap(calls.filter(({ operation }) => operation === 'TransactWriteItems'));
    return { resources: { ...identity().resources, client }, overlap };
  };

  it(`are ${most} of ${AT_ONCE} creations at once, from the first on`, async () => {
    const { factor, makeAs, listed, lives, readyHolder } = useCases();
    const { token } = await readyHolder();
    const caller = await factor.caller(token);
    const { resources, overlap } = meeting(AT_ONCE);
    const results = await Promise.all(Array.from({ length: AT_ONCE }, () => makeAs(caller, {}, resources)));
    const keys = results.flatMap((result) => (result.ok ? [result.data.apiKey] : []));
    expect(new Set(keys).size).toBe(most);
    expect(results.filter(({ ok }) => !ok)).toEqual(Array.from({ length: AT_ONCE - most }, () => FULL));
    expect(overlap()).toBe(AT_ONCE);
    expect((await listed(token)).map(({ apiKey }) => apiKey).toSorted()).toEqual(keys.toSorted());
    for (const key of keys) expect(await lives(key)).toBe(true);
  });

  it('take the places of those that are over, each once', async () => {
    const { factor, made, makeAs, listed, stored, readyHolder } = useCases();
    const { token } = await readyHolder();
    const soon = identity().clock.now() + 1;
    const short = [];
    for (let count = 0; count < most; count += 1) {
      const { apiKey } = await made(token, count < 10 ? { expiresAt: soon } : {});
      if (count < 10) short.push(apiKey);
    }
    const caller = await factor.caller(token);
    expect(await makeAs(caller)).toEqual(FULL);
    identity().clock.advance(1);
    const { resources, overlap } = meeting(AT_ONCE);
    const results = await Promise.all(Array.from({ length: AT_ONCE }, () => makeAs(caller, {}, resources)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(short.length);
    expect(overlap()).toBe(AT_ONCE);
    expect(await listed(token)).toHaveLength(most);
    for (const apiKey of short) expect(await stored(apiKey)).toBeUndefined();
  });

  it('are revoked once by many, and leave one place for many', async () => {
    const { factor, made, makeAs, listed, readyHolder } = useCases();
    const { token } = await readyHolder();
    const keys = [];
    for (let count = 0; count < most; count += 1) keys.push((await made(token)).apiKey);
    const [apiKey = ''] = keys;
    const caller = await factor.caller(token);
    const { resources, overlap } = meeting(AT_ONCE);
    const { platform } = testFoundation(deleteApiKey, resources);
    const revoked = await Promise.all(
      Array.from({ length: AT_ONCE }, () => revokeApiKey(platform, caller, { apiKey })),
    );
    expect(revoked.filter(({ ok }) => ok)).toHaveLength(1);
    expect(overlap()).toBe(AT_ONCE);
    const made50 = await Promise.all(Array.from({ length: AT_ONCE }, () => makeAs(caller)));
    expect(made50.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await listed(token)).toHaveLength(most);
  });

  it('do not outlive a factor that is unbound while they are made', async () => {
    const { factor, makeAs, lives, readyHolder } = useCases();
    const user = await readyHolder();
    identity().clock.advance(60_000);
    const caller = await factor.caller(user.token);
    const making = Array.from({ length: 10 }, () => makeAs(caller));
    expect(await factor.unbind(user.token, user.code())).toMatchObject({ ok: true });
    const made = (await Promise.all(making)).flatMap((result) => (result.ok ? [result.data.apiKey] : []));
    expect(await Promise.all(made.map(lives))).toEqual(made.map(() => false));
    expect(await makeAs(caller)).toMatchObject({ ok: false, code: 'API_KEYS_HELD' });
  });
});

const create: Bind<typeof createApiKey> =
  (platform) =>
  ({ caller, body, locale }) =>
    makeApiKey(platform, caller, body, locale);

const list: Bind<typeof apiKeys, ApiKeyIndex | undefined> =
  (platform) =>
  ({ caller, beside }) =>
    listApiKeys(platform, caller, beside);

const revoke: Bind<typeof deleteApiKey> =
  (platform) =>
  ({ caller, query }) =>
    revokeApiKey(platform, caller, query);

describe('requests about API keys', () => {
  const identity = useIdentity();

  afterEach(() => {
    identity().engine.client.middlewareStack.remove('delayCalls');
  });

  it('take three calls one after another to make, two to list and two to revoke', async () => {
    const { resources, engine } = identity();
    const creating = assemble(createApiKey, testFoundation(createApiKey, resources), create);
    const listing = assemble(apiKeys, testFoundation(apiKeys, resources), list, {
      beside:
        ({ tables }) =>
        ({ userId }) =>
          readIndex(tables.users, userId),
    });
    const deleting = assemble(deleteApiKey, testFoundation(deleteApiKey, resources), revoke);
    const { made, readyHolder } = apiKeyUseCases(identity());
    const { token } = await readyHolder();
    const { apiKey } = await made(token);
    delayCalls(engine.client, 30);
    const calls = recordCalls(engine.client);
    const chainOf = async (run: () => Promise<{ statusCode: number }>) => {
      calls.length = 0;
      expect(await run()).toMatchObject({ statusCode: 200 });
      return sequentialCalls(calls);
    };
    const headers = { token, 'content-type': 'application/json' };
    const body = JSON.stringify({ label: 'Bot', scopes: ['read'] });
    expect(await chainOf(() => creating(apiEvent({ method: 'POST', headers, body }), lambdaContext()))).toBe(3);
    expect(await chainOf(() => listing(apiEvent({ headers }), lambdaContext()))).toBe(2);
    const query = { apiKey };
    expect(await chainOf(() => deleting(apiEvent({ method: 'DELETE', headers, query }), lambdaContext()))).toBe(2);
  });
});
