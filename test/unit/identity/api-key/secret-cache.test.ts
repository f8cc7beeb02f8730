import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { ApiKey } from '../../../../shared/identity/api-key/api-key.ts';
import { apiKeyKey } from '../../../../shared/identity/api-key/api-key-store.ts';
import { createSecretCache, SECRET_LIFETIME } from '../../../../shared/identity/api-key/secret-cache.ts';

const stored = (apiKey: string): ApiKey => ({
  apiKey,
  userId: 'u',
  secret: `encrypted ${apiKey}`,
  scopes: ['read'],
  label: 'Bot',
  createdAt: 0,
  expiresAt: 1,
  keyEpoch: 0,
});

/** A cache over a table that knows every key but `unknown`, with what it was asked. */
const cacheOver = () => {
  const asked = { read: [] as string[], decrypted: [] as Buffer[], prepared: [] as string[], fails: false };
  const cache = createSecretCache({
    table: {
      get: ({ pk }) => {
        asked.read.push(pk);
        const apiKey = pk.slice('APIKEY#'.length);
        return Promise.resolve(apiKey === 'unknown' ? undefined : { ...apiKeyKey(apiKey), ...stored(apiKey) });
      },
    },
    secret: {
      decrypt: (ciphertext) => {
        if (asked.fails) return Promise.reject(new Error('down'));
        const bytes = Buffer.from(`secret of ${ciphertext}`);
        asked.decrypted.push(bytes);
        return Promise.resolve(bytes);
      },
    },
    prepare: ({ apiKey }) => Promise.resolve(asked.prepared.push(apiKey)),
  });
  return { asked, find: cache.find };
};

describe('the secrets that a container knows', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  it('are read once, however many ask at once, and again after a minute', async () => {
    const { asked, find } = cacheOver();
    const found = await Promise.all([find('a', 0), find('a', 0), find('a', 1)]);
    expect(found.map((one) => one?.isFresh)).toEqual([true, false, false]);
    expect(await find('a', SECRET_LIFETIME - 1)).toMatchObject({ isFresh: false });
    expect(asked).toMatchObject({ read: ['APIKEY#a'], prepared: ['a'] });
    expect(await find('a', SECRET_LIFETIME)).toMatchObject({ isFresh: true });
    expect(asked.decrypted).toHaveLength(2);
    expect(SECRET_LIFETIME).toBe(60_000);
  });

  it('are KeyObjects, and nothing is left of the bytes that they were made of', async () => {
    const { asked, find } = cacheOver();
    const found = await find('a', 0);
    expect(found?.secret.type).toBe('secret');
    expect(found?.secret.export().toString()).toBe('secret of encrypted a');
    expect(asked.decrypted.every((bytes) => bytes.every((byte) => byte === 0))).toBe(true);
    expect(JSON.stringify(found)).not.toContain('secret of');
  });

  it('are not of unknown keys, which are looked for every time, nor of failures', async () => {
    const { asked, find } = cacheOver();
    expect(await find('unknown', 0)).toBeUndefined();
    expect(await find('unknown', 0)).toBeUndefined();
    expect(asked.read).toHaveLength(2);
    asked.fails = true;
    await expect(find('a', 0)).rejects.toThrow('down');
    asked.fails = false;
    expect(await find('a', 0)).toMatchObject({ isFresh: true });
  });

  it('are few at once: the one read longest ago makes room', async () => {
    const { find } = cacheOver();
    for (let at = 0; at <= 1_000; at += 1) await find(`k${at}`, 0);
    expect(await find('k1', 0)).toMatchObject({ isFresh: false });
    expect(await find('k0', 0)).toMatchObject({ isFresh: true });
  });

  it('do not outlive a clock that was set back', async () => {
    const { find } = cacheOver();
    await find('a', 1_000);
    expect(await find('a', 999)).toMatchObject({ isFresh: true });
  });

  it('are forgotten after a minute by a container that is not asked for them again', async () => {
    jest.useFakeTimers();
    const { asked, find } = cacheOver();
    await find('a', 0);
    await jest.advanceTimersByTimeAsync(SECRET_LIFETIME - 1);
    expect(await find('a', 0)).toMatchObject({ isFresh: false });
    await jest.advanceTimersByTimeAsync(1);
    // By its clock no time has passed: only what forgets by itself has to be read again.
    expect(await find('a', 0)).toMatchObject({ isFresh: true });
    expect(asked.decrypted).toHaveLength(2);
  });
});
