import type * as z from 'zod/mini';
import { apiKeys } from '../../shared/contracts/endpoints/account/api-keys.ts';
import { createApiKey } from '../../shared/contracts/endpoints/account/create-api-key.ts';
import { deleteApiKey } from '../../shared/contracts/endpoints/account/delete-api-key.ts';
import { type ApiKey, isAlive } from '../../shared/identity/api-key/api-key.ts';
import { readIndex } from '../../shared/identity/api-key/api-key-index.ts';
import { findApiKey } from '../../shared/identity/api-key/api-key-store.ts';
import { makeApiKey } from '../../shared/identity/api-key/creation.ts';
import { listApiKeys, revokeApiKey } from '../../shared/identity/api-key/own-keys.ts';
import type { Caller } from '../../shared/identity/session-store.ts';
import { getUser } from '../../shared/identity/user-store.ts';
import { STEP } from './authenticator.ts';
import { emailOf, type Identity } from './identity.ts';
import { factorUseCases } from './second-factor.ts';
import { testFoundation, type TestResources } from './test-platform.ts';

type Asked = z.input<(typeof createApiKey)['body']>;

/** The use cases of API keys, for one user after another. */
export const apiKeyUseCases = (identity: Identity) => {
  const { resources, clock } = identity;
  const factor = factorUseCases(identity);
  const { tables } = testFoundation(apiKeys, resources).platform;

  const makeAs = (caller: Caller, asked: Partial<Asked> = {}, over: TestResources = resources) => {
    const body = createApiKey.body.parse({ label: 'Bot', scopes: ['read'], ...asked });
    return makeApiKey(testFoundation(createApiKey, over).platform, caller, body, 'en');
  };

  const make = async (token: string, asked: Partial<Asked> = {}) => makeAs(await factor.caller(token), asked);

  const made = async (token: string, asked: Partial<Asked> = {}) => {
    const result = await make(token, asked);
    if (!result.ok) throw new Error(`No key was made: ${result.code}.`);
    return result.data;
  };

  const list = async (token: string) => {
    const caller = await factor.caller(token);
    const index = await readIndex(tables.users, caller.user.userId);
    return listApiKeys(testFoundation(apiKeys, resources).platform, caller, index);
  };

  const listed = async (token: string) => {
    const result = await list(token);
    if (!result.ok) throw new Error(`No keys were listed: ${result.code}.`);
    return result.data;
  };

  const revoke = async (token: string, apiKey: string) =>
    revokeApiKey(testFoundation(deleteApiKey, resources).platform, await factor.caller(token), { apiKey });

  const stored = (apiKey: string): Promise<ApiKey | undefined> => findApiKey(tables.users, apiKey);

  /** Whether the key is good now, by what is stored of it and of its user. */
  const lives = async (apiKey: string): Promise<boolean> => {
    const key = await stored(apiKey);
    if (!key) return false;
    const user = await getUser(tables.users, key.userId, clock.now());
    return user !== undefined && isAlive(key, user, clock.now());
  };

  /** Gives the second factor again, by a code that no test has spent. */
  const reauthenticate = async ({ token, code }: { token: string; code: () => string }) => {
    clock.advance(2 * STEP);
    const result = await factor.reauthenticate(token, code());
    if (!result.ok) throw new Error(`The code was answered ${result.code}.`);
  };

  /** Somebody in good standing with a bound factor, who has not given it again yet. */
  const holder = async () => {
    const user = await factor.boundUser();
    const verified = await identity.verifyAs(user.name, identity.inbox.code(emailOf(user.name)));
    if (!verified.ok) throw new Error('The address was not verified.');
    return user;
  };

  /** The same, who just has. */
  const readyHolder = async () => {
    const user = await holder();
    await reauthenticate(user);
    return user;
  };

  return { factor, makeAs, make, made, list, listed, revoke, stored, lives, reauthenticate, holder, readyHolder };
};
