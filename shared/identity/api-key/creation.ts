import { text } from '../../contracts/codes/text.ts';
import type { BodyOf, Failure, Success } from '../../contracts/endpoint.ts';
import type { createApiKey } from '../../contracts/endpoints/account/create-api-key.ts';
import type { Locale } from '../../contracts/locale.ts';
import { commitGroups } from '../../platform/commit-groups.ts';
import type { Platform } from '../../platform/platform.ts';
import { StoreBusyError } from '../../platform/table.ts';
import { notified } from '../acting.ts';
import { heldUntil } from '../hold.ts';
import type { Caller } from '../session-store.ts';
import { type User, userItem } from '../user.ts';
import { API_KEY_RULES, type ApiKey, keyEpochOf, mayHaveKeys, newApiKey, newApiSecret } from './api-key.ts';
import { type ApiKeyIndex, indexKey, parseIndex, readIndex } from './api-key-index.ts';
import { apiSecretPlace, checkKeyHolder, putApiKey } from './api-key-store.ts';
import { refusalOfKeys } from './permission.ts';

type Used = Platform<(typeof createApiKey)['uses']>;
type Asked = BodyOf<typeof createApiKey>;
type Made = Success<typeof createApiKey>;
type NotMade = Failure<typeof createApiKey>;

const END_REASON = text(
  '須為未來五年內的時間，以毫秒計',
  '须为未来五年内的时间，以毫秒计',
  'send a time within the next five years, in epoch milliseconds',
);

const refusalOfEnd = (expiresAt: number, now: number, locale: Locale): NotMade | undefined =>
  expiresAt > now && expiresAt <= now + API_KEY_RULES.longest
    ? undefined
    : { ok: false, code: 'INVALID_PARAMETER', params: { field: 'expiresAt', reason: END_REASON[locale] } };

/** Why a user may not have a new key now; `undefined` for who may. */
const refusalOfHolder = (user: User, now: number): NotMade | undefined => {
  if (!mayHaveKeys(user)) return { ok: false, code: 'API_KEYS_NOT_ALLOWED' };
  const until = heldUntil(user, now);
  return until === undefined ? undefined : { ok: false, code: 'API_KEYS_HELD', params: { until } };
};

/** Tries to enter a key while others enter theirs: far more than there may be entries. */
const ENTRY_TRIES = 2 * API_KEY_RULES.most;

/** Writes a key, counted by the index as it is at that moment, if the user may still have one. */
const enter = async (
  platform: Used,
  user: User,
  key: ApiKey,
  { locale, seen }: { readonly locale: Locale; readonly seen: ApiKeyIndex | undefined },
): Promise<NotMade | undefined> => {
  const { tables, commit, clock } = platform;
  const facts = { at: key.createdAt, label: key.label, scopes: key.scopes, expiresAt: key.expiresAt };
  const told = notified(platform, user, { locale }, { kind: 'api-key-made', facts });
  let index = seen;
  for (let tries = 0; tries < ENTRY_TRIES; tries += 1) {
    const now = clock.now();
    const indexed = indexKey(tables.users, key, index, now);
    if (!indexed) return { ok: false, code: 'TOO_MANY_API_KEYS', params: { most: String(API_KEY_RULES.most) } };
    const result = await commitGroups(commit, {
      holder: [checkKeyHolder(tables.users, user, now)],
      index: [indexed.entry],
      rest: [putApiKey(tables.users, key), ...indexed.forgotten, told],
    });
    if (result.committed) return undefined;
    const holder = result.refused.get('holder');
    if (result.refused.has('holder')) {
      return (holder && refusalOfHolder(userItem.parse(holder), now)) ?? { ok: false, code: 'UPDATE_FAILED' };
    }
    index = parseIndex(result.refused.get('index'));
  }
  throw new StoreBusyError('An API key could not be entered among the others. Try again.');
};

/**
 * Makes an API key (API 10.2). Its secret is shown this once and stored encrypted; the user is told by mail, with the
 * link that locks the account. Held after a change of credentials, as outgoing money is.
 */
export const makeApiKey = async (
  platform: Used,
  caller: Caller,
  { label, scopes, ipAllowlist, expiresAt }: Asked,
  locale: Locale,
): Promise<Made | NotMade> => {
  const { tables, secrets, random, clock } = platform;
  const { user } = caller;
  const now = clock.now();
  const end = expiresAt ?? now + API_KEY_RULES.lifetime;
  const refusal = refusalOfEnd(end, now, locale) ?? refusalOfKeys(caller, now) ?? refusalOfHolder(user, now);
  if (refusal) return refusal;
  const [apiKey, secret] = [newApiKey(random), newApiSecret(random)];
  const [seen, ciphertext] = await Promise.all([
    readIndex(tables.users, user.userId),
    secrets.apiSecret.encrypt(secret, apiSecretPlace(apiKey)),
  ]);
  const terms = { apiKey, label, scopes, createdAt: now, expiresAt: end };
  const key: ApiKey = {
    ...terms,
    ...(ipAllowlist && { ipAllowlist }),
    userId: user.userId,
    keyEpoch: keyEpochOf(user),
    secret: ciphertext,
  };
  const refused = await enter(platform, user, key, { locale, seen });
  return refused ?? { ok: true, data: { ...terms, ipAllowlist: ipAllowlist ?? null, secret } };
};
