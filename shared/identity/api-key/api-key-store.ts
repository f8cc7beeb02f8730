import { UserStatus } from '../../contracts/enums.ts';
import type { TableWith } from '../../platform/platform.ts';
import { timeToLive } from '../../platform/clock.ts';
import type { SecretPlace } from '../../platform/secrets.ts';
import { ABSENT, type Item, type Key, type Write } from '../../platform/writes.ts';
import type { User } from '../user.ts';
import { userKey } from '../user-store.ts';
import { type ApiKey, apiKeyItem, keyEpochOf } from './api-key.ts';

/** Where a key lies: in a partition of its own, as who signs a request says nothing else of who it is. */
export const apiKeyKey = (apiKey: string): Key => ({ pk: `APIKEY#${apiKey}`, sk: 'APIKEY' });

/** Where the secret of a key lies, for its encryption. */
export const apiSecretPlace = (apiKey: string): SecretPlace => ({
  table: 'users',
  key: apiKeyKey(apiKey),
  field: 'secret',
});

/** Parses an item read from the table; `undefined` for none, which is an unknown key or a revoked one. */
export const parseApiKey = (item: Item | undefined): ApiKey | undefined => item && apiKeyItem.parse(item);

/** The key as stored, be it over or not; `undefined` for an unknown one and for a revoked one. */
export const findApiKey = async (table: TableWith<'get'>, apiKey: string): Promise<ApiKey | undefined> =>
  parseApiKey(await table.get(apiKeyKey(apiKey)));

/** Describes a new key; the table forgets it, and its secret, after its end. */
export const putApiKey = (table: TableWith<'put'>, key: ApiKey): Write =>
  table.put({ ...apiKeyKey(key.apiKey), ...key, ttl: timeToLive(key.expiresAt) }, ABSENT);

/**
 * Describes the check, in the transaction that makes a key, that its user may still have one: status, factor, hold, and
 * no session or key was ended since `user` was read.
 */
export const checkKeyHolder = (table: TableWith<'check'>, user: User, now: number): Write => {
  const keyEpoch = keyEpochOf(user);
  const sameEpoch =
    keyEpoch === 0 ? '(attribute_not_exists(keyEpoch) OR keyEpoch = :keyEpoch)' : 'keyEpoch = :keyEpoch';
  return table.check(userKey(user.userId), {
    condition:
      `userStatus = :normal AND is2FA = :bound AND sessionEpoch = :sessionEpoch AND ${sameEpoch} ` +
      'AND (attribute_not_exists(holdUntil) OR holdUntil <= :now)',
    values: {
      ':normal': UserStatus.NORMAL,
      ':bound': true,
      ':sessionEpoch': user.sessionEpoch,
      ':keyEpoch': keyEpoch,
      ':now': now,
    },
  });
};

/** Describes the end of a key: nothing of it is kept. Refused where that user has no such key. */
export const removeApiKey = (
  table: TableWith<'delete'>,
  { apiKey, userId }: Pick<ApiKey, 'apiKey' | 'userId'>,
): Write => table.delete(apiKeyKey(apiKey), { condition: 'userId = :userId', values: { ':userId': userId } });

/** Writes "last used"; does nothing to a key that has been revoked meanwhile. */
export const markUsed = (table: TableWith<'update'>, { apiKey }: Pick<ApiKey, 'apiKey'>, now: number): Write =>
  table.update(apiKeyKey(apiKey), {
    update: 'SET lastUsedAt = :now',
    condition: 'attribute_exists(pk)',
    values: { ':now': now },
  });
