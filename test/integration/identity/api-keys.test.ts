import { describe, expect, it } from '@jest/globals';
import { createApiKey } from '../../../shared/contracts/endpoints/account/create-api-key.ts';
import { API_KEY_RULES } from '../../../shared/identity/api-key/api-key.ts';
import { apiKeyKey, apiSecretPlace } from '../../../shared/identity/api-key/api-key-store.ts';
import { createSecrets, SecretUnreadableError } from '../../../shared/platform/secrets.ts';
import { apiKeyUseCases } from '../../support/api-keys.ts';
import { emailOf, freshName, useIdentity } from '../../support/identity.ts';
import { testKeyService } from '../../support/key-service.ts';
import { staffOn } from '../../support/staff.ts';
import { storedText, waitingMails } from '../../support/stored.ts';
import { testFoundation } from '../../support/test-platform.ts';

const MINUTE = 60_000;
const REQUIRED = { ok: false, code: 'REAUTHENTICATION_REQUIRED' };
const UNBOUND = { ok: false, code: 'TWO_FACTOR_NOT_BOUND' };
const NOT_FOUND = { ok: false, code: 'NOT_FOUND' };

const { apiSecret } = createSecrets(testKeyService(), 'alias/test-secrets', { apiSecret: ['decrypt'] });

describe('API keys', () => {
  const identity = useIdentity();
  const useCases = () => apiKeyUseCases(identity());

  it('are made with all that was asked for, and show their secret once', async () => {
    const { make, listed, readyHolder } = useCases();
    const { token } = await readyHolder();
    const now = identity().clock.now();
    const asked = {
      label: '  機器人 №1 ',
      scopes: ['trade', 'read'] as const,
      ipAllowlist: ['192.0.2.7', '2001:db8::/32'],
      expiresAt: now + 1,
    };
    const result = await make(token, { ...asked, scopes: [...asked.scopes] });
    const terms = { ...asked, label: '機器人 №1', apiKey: expect.any(String), createdAt: now };
    expect(result).toEqual({ ok: true, data: { ...terms, secret: expect.stringMatching(/^[0-9a-f]{64}$/) } });
    expect(await listed(token)).toEqual([{ ...terms, lastUsedAt: null }]);
    const { apiKey } = result.ok ? result.data : { apiKey: '' };
    expect(Buffer.from(apiKey, 'base64').toString()).toMatch(/^[0-9a-f]{32}$/);
  });

  it('live a year from everywhere unless told otherwise, and five years at most', async () => {
    const { make, made, readyHolder } = useCases();
    const { token } = await readyHolder();
    const now = identity().clock.now();
    expect(await made(token)).toMatchObject({ ipAllowlist: null, expiresAt: now + 365 * 24 * 60 * MINUTE });
    const refused = { ok: false, code: 'INVALID_PARAMETER', params: { field: 'expiresAt' } };
    for (const expiresAt of [0, -1, now, now + API_KEY_RULES.longest + 1]) {
      expect(await make(token, { expiresAt })).toMatchObject(refused);
    }
    expect(await make(token, { expiresAt: now + API_KEY_RULES.longest })).toMatchObject({ ok: true });
  });

  it('take a second factor, given again within the last five minutes', async () => {
    const { factor, make, list, revoke, reauthenticate, holder } = useCases();
    const plain = freshName();
    await identity().registerAs(plain);
    const without = await factor.logIn(plain);
    const anyKey = createApiKey.example.data.apiKey;
    for (const [token, refusal] of [
      [without, UNBOUND],
      [(await holder()).token, REQUIRED],
    ] as const) {
      expect(await make(token)).toEqual(refusal);
      expect(await list(token)).toEqual(refusal);
      expect(await revoke(token, anyKey)).toEqual(refusal);
    }
    const user = await holder();
    await reauthenticate(user);
    identity().clock.advance(5 * MINUTE - 1);
    expect(await make(user.token)).toMatchObject({ ok: true });
    identity().clock.advance(1);
    expect(await make(user.token)).toEqual(REQUIRED);
  });

  it('are told to the user by mail, with nothing that is secret', async () => {
    const { made, readyHolder } = useCases();
    const { name, token } = await readyHolder();
    const { secret, expiresAt, createdAt, apiKey } = await made(token, { label: 'Bot 7', scopes: ['pay'] });
    const mail = (await waitingMails(identity().resources, emailOf(name))).at(-1);
    const facts = { at: createdAt, label: 'Bot 7', scopes: ['pay'], expiresAt };
    expect(mail).toMatchObject({ kind: 'api-key-made', facts });
    expect(JSON.stringify(mail)).not.toContain(secret);
    expect(JSON.stringify(mail)).not.toContain(apiKey);
  });

  it('have secrets that lie encrypted, and decrypt in their own place only', async () => {
    const { made, stored, readyHolder } = useCases();
    const { token } = await readyHolder();
    const [one, other] = [await made(token), await made(token)];
    const text = await storedText(identity().resources);
    expect(text).not.toContain(one.secret);
    expect(text).not.toContain(Buffer.from(one.secret).toString('base64'));
    const ciphertext = (await stored(one.apiKey))?.secret ?? '';
    expect(String(await apiSecret?.decrypt(ciphertext, apiSecretPlace(one.apiKey)))).toBe(one.secret);
    await expect(apiSecret?.decrypt(ciphertext, apiSecretPlace(other.apiKey))).rejects.toThrow(SecretUnreadableError);
    const { totp } = createSecrets(testKeyService(), 'alias/test-secrets', { totp: ['decrypt'] });
    await expect(totp?.decrypt(ciphertext, apiSecretPlace(one.apiKey))).rejects.toThrow(SecretUnreadableError);
  });

  it('are revoked at once and leave nothing, by their owner only', async () => {
    const { made, lives, stored, listed, revoke, readyHolder } = useCases();
    const { token } = await readyHolder();
    const somebody = await readyHolder();
    const [one, other] = [await made(token), await made(token)];
    expect(await revoke(somebody.token, one.apiKey)).toEqual(NOT_FOUND);
    expect(await lives(one.apiKey)).toBe(true);
    expect(await revoke(token, one.apiKey)).toEqual({ ok: true, data: null });
    expect(await stored(one.apiKey)).toBeUndefined();
    expect((await listed(token)).map(({ apiKey }) => apiKey)).toEqual([other.apiKey]);
    expect(await revoke(token, one.apiKey)).toEqual(NOT_FOUND);
    expect(await storedText(identity().resources)).not.toContain(one.apiKey);
  });

  it('are listed newest first, those that are over left out', async () => {
    const { made, listed, lives, readyHolder } = useCases();
    const { token } = await readyHolder();
    const now = identity().clock.now();
    const short = await made(token, { expiresAt: now + 2 });
    identity().clock.advance(1);
    const long = await made(token);
    expect((await listed(token)).map(({ apiKey }) => apiKey)).toEqual([long.apiKey, short.apiKey]);
    expect(await lives(short.apiKey)).toBe(true);
    identity().clock.advance(1);
    expect(await lives(short.apiKey)).toBe(false);
    expect((await listed(token)).map(({ apiKey }) => apiKey)).toEqual([long.apiKey]);
  });

  it('are for accounts in good standing', async () => {
    const { factor, make, listed, reauthenticate, readyHolder } = useCases();
    const { name, token } = await readyHolder();
    await staffOn(identity().resources).setStatus(name, 8);
    expect(await make(token)).toEqual({ ok: false, code: 'API_KEYS_NOT_ALLOWED' });
    expect(await listed(token)).toEqual([]);
    const unverified = await factor.boundUser();
    await reauthenticate(unverified);
    expect(await make(unverified.token)).toEqual({ ok: false, code: 'API_KEYS_NOT_ALLOWED' });
  });

  it('are refused to who lost the right to them meanwhile', async () => {
    const { factor, readyHolder } = useCases();
    const { resources, clock } = identity();
    const { tables, commit } = testFoundation(createApiKey, resources).platform;
    const changes = [
      [{ userStatus: 8 }, 'API_KEYS_NOT_ALLOWED'],
      [{ holdUntil: clock.now() * 2 }, 'API_KEYS_HELD'],
      [{ sessionEpoch: 99 }, 'UPDATE_FAILED'],
      [{ keyEpoch: 1 }, 'UPDATE_FAILED'],
      [{ is2FA: false }, 'UPDATE_FAILED'],
    ] as const;
    for (const [change, code] of changes) {
      const { token } = await readyHolder();
      const caller = await factor.caller(token);
      const item = await tables.users.get({ pk: `USER#${caller.user.userId}`, sk: 'USER' });
      await commit([tables.users.put({ ...item, pk: `USER#${caller.user.userId}`, sk: 'USER', ...change })]);
      expect(await useCases().makeAs(caller)).toMatchObject({ ok: false, code });
    }
  });

  it('lie where their name alone finds them, and go by themselves after their end', async () => {
    const { made, readyHolder } = useCases();
    const { token } = await readyHolder();
    const { apiKey, expiresAt } = await made(token);
    const { tables } = testFoundation(createApiKey, identity().resources).platform;
    expect(await tables.users.get(apiKeyKey(apiKey))).toMatchObject({ apiKey, ttl: Math.ceil(expiresAt / 1000) });
  });
});
