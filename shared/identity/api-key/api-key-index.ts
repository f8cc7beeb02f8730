import * as z from 'zod/mini';
import type { TableWith } from '../../platform/platform.ts';
import { ABSENT, type Item, type Key, type Write } from '../../platform/writes.ts';
import { API_KEY_RULES, type ApiKey } from './api-key.ts';
import { apiKeyKey } from './api-key-store.ts';

/** Which keys a user has: one item, so that parallel creations meet in it. */
export const apiKeyIndexKey = (userId: string): Key => ({ pk: `USER#${userId}`, sk: 'APIKEYS' });

const indexItem = z.object({
  /** Of the keys below: those of an earlier one are dead. */
  keyEpoch: z.int(),
  /** When each key ends, in epoch milliseconds. */
  ends: z.record(z.string(), z.int()),
});

export type ApiKeyIndex = z.output<typeof indexItem>;

/** Parses an item read from the table; `undefined` for a user who never made a key. */
export const parseIndex = (item: Item | undefined): ApiKeyIndex | undefined => item && indexItem.parse(item);

/** The user's keys as the index has them. */
export const readIndex = async (table: TableWith<'get'>, userId: string): Promise<ApiKeyIndex | undefined> =>
  parseIndex(await table.get(apiKeyIndexKey(userId)));

/** The names of the keys that live, by an index that may be of an epoch that is over. */
export const liveKeysIn = (index: ApiKeyIndex | undefined, keyEpoch: number, now: number): readonly string[] => {
  if (index?.keyEpoch !== keyEpoch) return [];
  return Object.entries(index.ends).flatMap(([apiKey, expiresAt]) => (now < expiresAt ? [apiKey] : []));
};

type Indexed = Pick<ApiKey, 'apiKey' | 'userId' | 'expiresAt' | 'keyEpoch'>;

/** The first key of an epoch: what the index had is dead. */
const beginIndex = (table: TableWith<'put'>, { apiKey, userId, expiresAt, keyEpoch }: Indexed, seen?: ApiKeyIndex) =>
  table.put(
    { ...apiKeyIndexKey(userId), keyEpoch, ends: { [apiKey]: expiresAt } },
    seen ? { condition: 'keyEpoch = :seen', values: { ':seen': seen.keyEpoch } } : ABSENT,
  );

/** One key more, and those of the names gone; refused where there would be too many, or one of the names is gone. */
const addToIndex = (table: TableWith<'update'>, added: Indexed, gone: readonly string[]): Write => {
  const names = gone.map((apiKey, index) => [`#gone${index}`, apiKey] as const);
  const removal = names.length > 0 ? ` REMOVE ${names.map(([name]) => `ends.${name}`).join(', ')}` : '';
  return table.update(apiKeyIndexKey(added.userId), {
    update: `SET ends.#added = :expiresAt${removal}`,
    condition: [
      'keyEpoch = :epoch AND size(ends) < :most',
      ...names.map(([name]) => `attribute_exists(ends.${name})`),
    ].join(' AND '),
    names: { '#added': added.apiKey, ...Object.fromEntries(names) },
    values: {
      ':expiresAt': added.expiresAt,
      ':epoch': added.keyEpoch,
      ':most': API_KEY_RULES.most + gone.length,
    },
  });
};

/**
 * Describes a key's entry, by the index as it was read. What died before goes with it, from the index and from the
 * table. Refused when the index changed in a way that matters; then it is to be described anew.
 *
 * @returns `undefined` where the user has as many live keys as one may have.
 */
export const indexKey = (
  table: TableWith<'put' | 'update' | 'delete'>,
  added: Indexed,
  seen: ApiKeyIndex | undefined,
  now: number,
): { readonly entry: Write; readonly forgotten: readonly Write[] } | undefined => {
  const live = new Set(liveKeysIn(seen, added.keyEpoch, now));
  if (live.size >= API_KEY_RULES.most) return undefined;
  const dead = Object.keys(seen?.ends ?? {}).filter((apiKey) => !live.has(apiKey));
  const isBegun = seen?.keyEpoch === added.keyEpoch;
  return {
    entry: isBegun ? addToIndex(table, added, dead) : beginIndex(table, added, seen),
    forgotten: dead.map((apiKey) => table.delete(apiKeyKey(apiKey))),
  };
};

/** Describes the end of a key's entry; refused where there is none. */
export const unindexKey = (table: TableWith<'update'>, { apiKey, userId }: Pick<ApiKey, 'apiKey' | 'userId'>): Write =>
  table.update(apiKeyIndexKey(userId), {
    update: 'REMOVE ends.#apiKey',
    condition: 'attribute_exists(ends.#apiKey)',
    names: { '#apiKey': apiKey },
  });
