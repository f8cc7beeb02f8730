import { createSecretKey, type KeyObject } from 'node:crypto';
import { MINUTE } from '../../platform/clock.ts';
import type { SecretWith, TableWith } from '../../platform/platform.ts';
import type { ApiKey } from './api-key.ts';
import { apiSecretPlace, findApiKey } from './api-key-store.ts';

/** How long a container may know a key and its secret by heart. */
export const SECRET_LIFETIME = MINUTE;

/** Keys that one container knows at once; what is beyond is read again. */
const MOST = 1_000;

/** A key whose secret is at hand. */
export interface ReadyKey {
  /** As it was read; whether it is good still is to be read anew at every request. */
  readonly key: ApiKey;
  readonly secret: KeyObject;
}

interface Remembered {
  readonly since: number;
  readonly ready: Promise<ReadyKey | undefined>;
}

const isAlive = ({ since }: Remembered, now: number): boolean => since <= now && now < since + SECRET_LIFETIME;

export interface SecretCacheDependencies {
  readonly table: TableWith<'get'>;
  readonly secret: SecretWith<'decrypt'>;
  /** What else a key that is read for the first time takes, beside its decryption. */
  readonly prepare: (key: ApiKey) => Promise<unknown>;
}

/**
 * Keys by name with their secrets decrypted: as KeyObjects, whose bytes no code can print by accident, and for a minute
 * at most, whether they are asked for again or not.
 */
export const createSecretCache = ({ table, secret, prepare }: SecretCacheDependencies) => {
  const remembered = new Map<string, Remembered>();

  const forget = (apiKey: string, entry = remembered.get(apiKey)): void => {
    if (remembered.get(apiKey) === entry) remembered.delete(apiKey);
  };

  const read = async (apiKey: string): Promise<ReadyKey | undefined> => {
    const key = await findApiKey(table, apiKey);
    if (!key) return undefined;
    const [bytes] = await Promise.all([secret.decrypt(key.secret, apiSecretPlace(apiKey)), prepare(key)]);
    const ready = { key, secret: createSecretKey(bytes) };
    bytes.fill(0);
    return ready;
  };

  const remember = (apiKey: string, now: number): Remembered => {
    forget(apiKey);
    const entry = { since: now, ready: read(apiKey) };
    const oldest = remembered.size >= MOST ? remembered.keys().next().value : undefined;
    if (oldest !== undefined) forget(oldest);
    remembered.set(apiKey, entry);
    return entry;
  };

  /**
   * The key of that name, be it over or not.
   *
   * @returns `undefined` for an unknown key and for a revoked one.
   */
  const find = async (apiKey: string, now: number): Promise<(ReadyKey & { readonly isFresh: boolean }) | undefined> => {
    const known = remembered.get(apiKey);
    const alive = known && isAlive(known, now) ? known : undefined;
    const entry = alive ?? remember(apiKey, now);
    try {
      const ready = await entry.ready;
      if (!ready) forget(apiKey, entry);
      // A container that is not asked for the key again forgets it too; frozen, it does as soon as it thaws.
      else if (!alive) setTimeout(forget, SECRET_LIFETIME, apiKey, entry).unref();
      return ready && { ...ready, isFresh: !alive };
    } catch (error) {
      forget(apiKey, entry);
      throw error;
    }
  };

  return { find };
};

export type SecretCache = ReturnType<typeof createSecretCache>;
