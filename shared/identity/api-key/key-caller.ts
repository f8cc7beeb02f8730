import type { TableWith } from '../../platform/platform.ts';
import { factorKey, parseFactor } from '../factor/factor-store.ts';
import type { KnownCaller } from '../session-store.ts';
import { liveUser } from '../user.ts';
import { userKey } from '../user-store.ts';
import { type ApiKey, isAlive } from './api-key.ts';
import { apiKeyKey, parseApiKey } from './api-key-store.ts';

/** Why a key that was known is good no more. */
export type DeadKey = 'API_KEY_UNKNOWN' | 'API_KEY_EXPIRED' | 'API_KEY_DEAD';

/** A key and whose it is, as they are stored at this moment. */
export interface KeyCaller extends KnownCaller {
  readonly key: ApiKey;
}

/** Reads anew, in one round trip, what decides whether a key is good: what was revoked is so at once. */
export const findKeyCaller = async (
  table: TableWith<'batchGet'>,
  { apiKey, userId }: Pick<ApiKey, 'apiKey' | 'userId'>,
  now: number,
  readsFactor = false,
): Promise<KeyCaller | DeadKey> => {
  const keys = [userKey(userId), apiKeyKey(apiKey), ...(readsFactor ? [factorKey(userId)] : [])];
  const items = await table.batchGet(keys);
  const [userFound, keyFound, factorFound] = keys.map(({ sk }) => items.find((item) => item['sk'] === sk));
  const key = parseApiKey(keyFound);
  if (!key) return 'API_KEY_UNKNOWN';
  if (key.expiresAt <= now) return 'API_KEY_EXPIRED';
  const user = liveUser(userFound, now);
  if (!user || !isAlive(key, user, now)) return 'API_KEY_DEAD';
  return { key, user, ...(readsFactor && { factor: parseFactor(factorFound) }) };
};
