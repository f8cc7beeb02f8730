import type { DataOf, QueryOf } from '../../contracts/endpoint.ts';
import type { apiKeys } from '../../contracts/endpoints/account/api-keys.ts';
import type { deleteApiKey } from '../../contracts/endpoints/account/delete-api-key.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Caller } from '../session-store.ts';
import { type ApiKey, isAlive, keyEpochOf } from './api-key.ts';
import { type ApiKeyIndex, liveKeysIn, unindexKey } from './api-key-index.ts';
import { apiKeyKey, parseApiKey, removeApiKey } from './api-key-store.ts';
import { type NotPermitted, refusalOfKeys } from './permission.ts';

type Listed = DataOf<typeof apiKeys>[number];

const describe = (key: ApiKey): Listed => {
  const { apiKey, label, scopes, ipAllowlist = null, createdAt, expiresAt, lastUsedAt = null } = key;
  return { apiKey, label, scopes, ipAllowlist, createdAt, expiresAt, lastUsedAt };
};

/**
 * The user's keys that live, the newest first.
 *
 * @param index of the user's keys, as it was read beside the session.
 */
export const listApiKeys = async (
  { tables, clock }: Platform<(typeof apiKeys)['uses']>,
  caller: Caller,
  index: ApiKeyIndex | undefined,
): Promise<{ readonly ok: true; readonly data: Listed[] } | NotPermitted> => {
  const now = clock.now();
  const refusal = refusalOfKeys(caller, now);
  if (refusal) return refusal;
  const { user } = caller;
  const live = liveKeysIn(index, keyEpochOf(user), now);
  if (live.length === 0) return { ok: true, data: [] };
  const items = await tables.users.batchGet(live.map(apiKeyKey));
  const keys = items.flatMap((item) => parseApiKey(item) ?? []).filter((key) => isAlive(key, user, now));
  const data = keys.toSorted((left, right) => right.createdAt - left.createdAt).map(describe);
  return { ok: true, data };
};

/** Revokes a key of the user, from the very next request on; nothing of it is kept. */
export const revokeApiKey = async (
  { tables, commit, clock }: Platform<(typeof deleteApiKey)['uses']>,
  caller: Caller,
  { apiKey }: QueryOf<typeof deleteApiKey>,
): Promise<
  { readonly ok: true; readonly data: null } | NotPermitted | { readonly ok: false; readonly code: 'NOT_FOUND' }
> => {
  const refusal = refusalOfKeys(caller, clock.now());
  if (refusal) return refusal;
  const key = { apiKey, userId: caller.user.userId };
  const { committed } = await commit([removeApiKey(tables.users, key), unindexKey(tables.users, key)]);
  return committed ? { ok: true, data: null } : { ok: false, code: 'NOT_FOUND' };
};
