import { describe, expect, it } from '@jest/globals';
import { createSecrets, type KeyService, type SecretPlace } from '../../../shared/platform/secrets.ts';
import { testKeyService } from '../../support/key-service.ts';

const PLACE: SecretPlace = { table: 'users', key: { pk: 'USER#1', sk: 'FACTOR' }, field: 'totpKey' };
const KEY = 'alias/secrets';

/** The secrets of one purpose over a service that tells what it was asked. */
const totpOver = (service: KeyService = testKeyService()) => {
  const requests: unknown[] = [];
  const recorder: KeyService = {
    encrypt: (request) => {
      requests.push(request);
      return service.encrypt(request);
    },
    decrypt: (request) => {
      requests.push(request);
      return service.decrypt(request);
    },
  };
  const { totp } = createSecrets(recorder, KEY, { totp: ['encrypt', 'decrypt'] });
  if (!totp) throw new Error('There are no secrets of the declared purpose.');
  return { totp, requests };
};

const failing = (name: string): KeyService => ({
  ...testKeyService(),
  decrypt: () => Promise.reject(Object.assign(new Error('of KMS'), { name })),
});

describe('a secret', () => {
  it.each([
    ['bytes', Buffer.from([0, 255, 128]), Buffer.from([0, 255, 128])],
    ['text', '二步 key', Buffer.from('二步 key')],
  ])('of %s comes back as its bytes', async (_what, plaintext, bytes) => {
    const { totp } = totpOver();
    const ciphertext = await totp.encrypt(plaintext, PLACE);
    expect(ciphertext).toMatch(/^[A-Za-z0-9+/]+=*$/);
    expect(await totp.decrypt(ciphertext, PLACE)).toStrictEqual(bytes);
  });

  it('is bound to its purpose and its place, under the key of the stage', async () => {
    const { totp, requests } = totpOver();
    await totp.decrypt(await totp.encrypt('key', PLACE), PLACE);
    const bound = {
      KeyId: KEY,
      EncryptionContext: { purpose: 'totp', table: 'users', key: '["USER#1","FACTOR"]', field: 'totpKey' },
    };
    expect(requests).toEqual([expect.objectContaining(bound), expect.objectContaining(bound)]);
  });

  it.each<[string, Partial<SecretPlace>]>([
    ['table', { table: 'kyc' }],
    ['item', { key: { pk: 'USER#2', sk: 'FACTOR' } }],
    ['field', { field: 'pendingTotpKey' }],
  ])('does not decrypt in another %s, and says where', async (_what, elsewhere) => {
    const { totp } = totpOver();
    const ciphertext = await totp.encrypt('key', PLACE);
    const place = { ...PLACE, ...elsewhere };
    await expect(totp.decrypt(ciphertext, place)).rejects.toMatchObject({
      name: 'SecretUnreadableError',
      message: expect.stringContaining(`A secret (totp) in ${place.field} of the table ${place.table} cannot be`),
    });
  });

  it('under another key cannot be read either', async () => {
    const { totp } = totpOver(failing('IncorrectKeyException'));
    await expect(totp.decrypt('AAAA', PLACE)).rejects.toMatchObject({ name: 'SecretUnreadableError' });
  });

  it.each(['KMSInternalException', 'AccessDeniedException', 'ThrottlingException'])(
    'is not called unreadable when KMS answers %s',
    async (name) => {
      const { totp } = totpOver(failing(name));
      await expect(totp.decrypt('AAAA', PLACE)).rejects.toMatchObject({ name });
    },
  );
});

describe('createSecrets', () => {
  it('gives what is declared, and nothing else', () => {
    expect(createSecrets(testKeyService(), KEY, {})).toEqual({});
  });
});
