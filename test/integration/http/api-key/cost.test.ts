import { describe, expect, it } from '@jest/globals';
import { QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { delayCalls, recordCalls, sequentialCalls } from '../../../support/call-log.ts';
import { testTable } from '../../../support/engine.ts';
import { useIdentity } from '../../../support/identity.ts';
import { signedCalls } from '../../../support/signed-calls.ts';
import { signedHeaders } from '../../../support/signing.ts';

const MINUTE = 60_000;

describe('what a signature costs and leaves behind', () => {
  const identity = useIdentity();
  const calls = () => signedCalls(identity());

  /** Fails every call that mentions a text, while the work lasts. */
  const failing = async <T>(mention: string, error: Error, work: () => Promise<T>): Promise<T> => {
    const { middlewareStack } = identity().engine.client;
    middlewareStack.add(
      (next) => (input) => (JSON.stringify(input).includes(mention) ? Promise.reject(error) : next(input)),
      { step: 'initialize', name: 'failing' },
    );
    try {
      return await work();
    } finally {
      middlewareStack.remove('failing');
    }
  };

  it('no round trip more than a session for a known key, and two for its first use and once a minute', async () => {
    const { freshKey, signed, userContainer, call } = calls();
    const { holder, ...key } = await freshKey();
    const handler = userContainer();
    const { client } = identity().engine;
    delayCalls(client, 50);
    const traced = async (work: () => Promise<{ status: number }>) => {
      const recorded = recordCalls(client);
      expect(await work()).toMatchObject({ status: 200 });
      identity().clock.advance(1);
      return sequentialCalls(recorded);
    };
    const byToken = () => call(handler, { headers: { token: holder.token } });
    // The session was last seen long ago, and is written.
    await byToken();
    const session = await traced(byToken);
    const first = await traced(() => signed(handler, key));
    const second = await traced(() => signed(handler, key));
    identity().clock.advance(MINUTE - 3);
    const justKnown = await traced(() => signed(handler, key));
    const forgotten = await traced(() => signed(handler, key));
    client.middlewareStack.remove('delayCalls');
    // The decryption is a call to KMS, which is not seen here; it is waited for beside the counter's.
    expect({ session, first, second, justKnown, forgotten }).toEqual({
      session: 1,
      first: 3,
      second: 1,
      justKnown: 1,
      forgotten: 3,
    });
  });

  it('writes when it was last used, once a minute at most', async () => {
    const { freshKey, signed, userContainer, keys } = calls();
    const { holder, ...key } = await freshKey();
    const lastUsed = async () => (await keys.stored(key.apiKey))?.lastUsedAt;
    const handler = userContainer();
    expect(await lastUsed()).toBeUndefined();
    const first = identity().clock.now();
    expect(await signed(handler, key)).toMatchObject({ status: 200 });
    expect(await lastUsed()).toBe(first);
    identity().clock.advance(MINUTE - 1);
    for (const container of [handler, userContainer()]) {
      expect(await signed(container, key)).toMatchObject({ status: 200 });
      identity().clock.advance(0);
      expect(await lastUsed()).toBe(first);
      identity().clock.advance(-1);
    }
    identity().clock.advance(3);
    expect(await signed(handler, key)).toMatchObject({ status: 200 });
    expect(await lastUsed()).toBe(first + MINUTE);
    expect((await keys.listed(holder.token)).find(({ apiKey }) => apiKey === key.apiKey)?.lastUsedAt).toBe(
      first + MINUTE,
    );
  });

  it('answers although "last used" cannot be written, and says so in the log', async () => {
    const { freshKey, signed, userContainer } = calls();
    const key = await freshKey();
    const answer = await failing('lastUsedAt', new Error('down'), () => signed(userContainer(), key));
    expect(answer).toMatchObject({ status: 200 });
    expect(identity().resources.lines.join()).toContain('API_KEY_NOT_MARKED');
  });

  it.each([
    ['the nonce', 'NONCE#'],
    ['the count', 'QUOTA#'],
    ['the key', 'APIKEY#'],
  ])('answers 503 when %s cannot be kept or read, and lets nothing through', async (_, mention) => {
    const { freshKey, signed, userContainer } = calls();
    const key = await freshKey();
    const down = Object.assign(new Error('down'), { name: 'TimeoutError' });
    expect(await failing(mention, down, () => signed(userContainer(), key))).toMatchObject({ status: 503, code: -503 });
  });

  it('takes a nonce for its own whose writing was answered late, and was sent twice by the SDK', async () => {
    const { freshKey, signed, userContainer } = calls();
    const key = await freshKey();
    const { middlewareStack } = identity().engine.client;
    middlewareStack.add(
      (next, { commandName }) =>
        async (input) => {
          if (commandName !== 'PutItemCommand' && commandName !== 'PutCommand') return next(input);
          await next(input);
          return next(input);
        },
      { step: 'finalizeRequest', name: 'sentTwice' },
    );
    const answer = await signed(userContainer(), key);
    middlewareStack.remove('sentTwice');
    expect(answer).toMatchObject({ status: 200 });
  });

  it('leaves nothing in any table but counters and nonces where a request is refused', async () => {
    const { freshKey, signed, userContainer, keys } = calls();
    const key = await freshKey({ scopes: ['trade'] });
    const contents = async () => {
      const { Items = [] } = await identity().engine.client.send(new ScanCommand({ TableName: testTable('users') }));
      return Items.toSorted((a, b) => `${a['pk']}${a['sk']}`.localeCompare(`${b['pk']}${b['sk']}`));
    };
    const before = await contents();
    expect(await signed(userContainer(), { ...key, secret: 'wrong' })).toMatchObject({ status: 401 });
    expect(await contents()).toEqual(before);
    const { Items = [] } = await identity().engine.client.send(
      new ScanCommand({ TableName: testTable('ephemeral'), ConsistentRead: true }),
    );
    expect(Items.filter(({ pk }) => String(pk).startsWith(`NONCE#${key.apiKey}`))).toEqual([]);
    expect(await keys.stored(key.apiKey)).not.toHaveProperty('lastUsedAt');
  });

  it('keeps each nonce in an item of its own, longer than any server may take it', async () => {
    const { freshKey, signed, userContainer } = calls();
    const key = await freshKey();
    const nonce = identity().clock.now() + 30_000;
    expect(await signed(userContainer(), key, { nonce })).toMatchObject({ status: 200 });
    const signature = signedHeaders(key, { path: '/v1/user', nonce })['btse-sign'];
    const { Items = [] } = await identity().engine.client.send(
      new QueryCommand({
        TableName: testTable('ephemeral'),
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': `NONCE#${key.apiKey}#${nonce}#${signature}` },
      }),
    );
    expect(Items).toHaveLength(1);
    expect(Number(Items[0]?.['ttl']) * 1_000).toBeGreaterThan(nonce + 60_000);
  });

  it('logs neither key nor secret nor signature, whatever becomes of the request', async () => {
    const { freshKey, signed, userContainer } = calls();
    const key = await freshKey();
    const { lines } = identity().resources;
    const from = lines.length;
    const nonce = identity().clock.now();
    const handler = userContainer();
    const down = Object.assign(new Error('down'), { name: 'ValidationException' });
    for (const headers of [{}, {}, { token: 'x' }, { 'btse-sign': 'A' }])
      await signed(handler, key, { nonce, headers });
    await signed(handler, { ...key, secret: 'wrong' }, { nonce });
    expect(await failing('NONCE#', down, () => signed(handler, key, { nonce: nonce + 1 }))).toMatchObject({
      status: 500,
    });
    const logged = lines.slice(from).join('\n');
    expect(logged).toContain('REQUEST_FAILED');
    const { 'btse-sign': signature } = signedHeaders(key, { path: '/v1/user', nonce });
    for (const canary of [key.apiKey, key.secret, signature]) expect(logged).not.toContain(canary);
  });
});
