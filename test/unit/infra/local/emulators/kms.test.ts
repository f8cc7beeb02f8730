import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateMacCommand,
  KMSClient,
  ListKeysCommand,
  VerifyMacCommand,
} from '@aws-sdk/client-kms';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Kms, startKms } from '../../../../../infra/local/emulators/kms.ts';
import type { LocalKey } from '../../../../../infra/local/template/keys.ts';
import { temporaryDirectory } from '../fixture-assembly.ts';

const ARN = 'arn:aws:kms:ap-northeast-1:000000000000:';
const key = (id: string, changes: Partial<LocalKey> = {}): LocalKey => ({
  arn: `${ARN}key/${id}`,
  spec: 'SYMMETRIC_DEFAULT',
  enabled: true,
  description: '',
  aliases: [`${ARN}alias/${id}`],
  ...changes,
});
const KEYS = [key('secrets'), key('other'), key('mac', { spec: 'HMAC_256' }), key('off', { enabled: false })];
const KeyId = 'alias/secrets';
const Plaintext = Buffer.from('JBSWY3DPEHPK3PXP');
const EncryptionContext = { purpose: 'totp', table: 'users' };

const file = join(temporaryDirectory(), 'kms.json');
let kms: Kms;
let client: KMSClient;

const clientOf = (endpoint: string): KMSClient =>
  new KMSClient({
    endpoint,
    region: 'ap-northeast-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });

beforeAll(async () => {
  kms = await startKms(file);
  kms.configure(KEYS);
  client = clientOf(kms.endpoint);
});

afterAll(async () => {
  client.destroy();
  await kms.stop();
});

const encrypt = async (changes: object = {}) => {
  const answer = await client.send(new EncryptCommand({ KeyId, Plaintext, EncryptionContext, ...changes }));
  return { ...answer, blob: Buffer.from(answer.CiphertextBlob ?? []) };
};

describe('encrypting', () => {
  it.each(['secrets', `${ARN}key/secrets`, 'alias/secrets', `${ARN}alias/secrets`])(
    'with the key named %s gives another ciphertext each time, which names the key',
    async (name) => {
      const [first, second] = [await encrypt({ KeyId: name }), await encrypt({ KeyId: name })];
      expect(first).toMatchObject({ KeyId: `${ARN}key/secrets`, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' });
      expect(first.blob.equals(second.blob)).toBe(false);
      expect(first.blob.includes(Plaintext)).toBe(false);
      const decrypted = await client.send(new DecryptCommand({ CiphertextBlob: first.blob, EncryptionContext }));
      expect(decrypted).toMatchObject({ KeyId: `${ARN}key/secrets`, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' });
      expect(Buffer.from(decrypted.Plaintext ?? [])).toStrictEqual(Plaintext);
    },
  );

  it.each([
    ['nothing', { Plaintext: Buffer.alloc(0) }, 'ValidationException', 'greater than or equal to 1'],
    ['4,097 bytes', { Plaintext: Buffer.alloc(4_097) }, 'ValidationException', "'plaintext' failed to satisfy"],
    ['with no such key', { KeyId: 'gone' }, 'NotFoundException', "Key 'gone' does not exist"],
    ['with no such alias', { KeyId: 'alias/gone' }, 'NotFoundException', 'Alias alias/gone is not found.'],
    ['with a key for MACs', { KeyId: 'mac' }, 'InvalidKeyUsageException', 'key spec is HMAC_256'],
    ['with a disabled key', { KeyId: 'off' }, 'DisabledException', 'key/off is disabled'],
    ['dry', { DryRun: true }, 'ValidationException', 'Unrecognized key: "DryRun"'],
  ])('%s is refused as KMS does', async (_what, changes, name, message) => {
    await expect(encrypt(changes)).rejects.toMatchObject({ name, message: expect.stringContaining(message) });
  });

  it('takes 4,096 bytes', async () => {
    expect((await encrypt({ Plaintext: Buffer.alloc(4_096) })).blob.length).toBeLessThan(6_144);
  });
});

describe('decrypting', () => {
  it('takes the encryption context in any order', async () => {
    const { blob: CiphertextBlob } = await encrypt({ EncryptionContext: { a: '1', b: '2' } });
    const command = new DecryptCommand({ CiphertextBlob, EncryptionContext: { b: '2', a: '1' } });
    expect(Buffer.from((await client.send(command)).Plaintext ?? [])).toStrictEqual(Plaintext);
  });

  it.each([
    ['another value', { ...EncryptionContext, purpose: 'kyc' }],
    ['another member', { ...EncryptionContext, field: 'x' }],
    ['names and values shifted', { 'purpose","totp': 'table', users: '' }],
    ['none', undefined],
  ])('refuses an encryption context with %s', async (_what, other) => {
    const { blob: CiphertextBlob } = await encrypt();
    const command = new DecryptCommand({ KeyId, CiphertextBlob, EncryptionContext: other });
    await expect(client.send(command)).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
  });

  it('refuses every damaged byte', async () => {
    const { blob } = await encrypt();
    for (const at of [0, 1, 10, 70, blob.length - 1]) {
      const CiphertextBlob = Buffer.from(blob);
      CiphertextBlob.writeUInt8(blob.readUInt8(at) ^ 1, at);
      const name = expect.stringMatching(/^(InvalidCiphertext|AccessDenied)Exception$/);
      await expect(client.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }))).rejects.toMatchObject({
        name,
      });
    }
  });

  it('refuses a ciphertext of another key than the named one', async () => {
    const { blob: CiphertextBlob } = await encrypt({ KeyId: 'other' });
    const command = new DecryptCommand({ KeyId, CiphertextBlob, EncryptionContext });
    await expect(client.send(command)).rejects.toMatchObject({ name: 'IncorrectKeyException' });
  });
});

describe('the keys', () => {
  it('survive a restart in a file that is the owner’s alone', async () => {
    const { blob: CiphertextBlob } = await encrypt();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const restarted = await startKms(file);
    const other = clientOf(restarted.endpoint);
    const command = new DecryptCommand({ CiphertextBlob, EncryptionContext });
    await expect(other.send(command)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    restarted.configure(KEYS);
    expect(Buffer.from((await other.send(command)).Plaintext ?? [])).toStrictEqual(Plaintext);
    other.destroy();
    await restarted.stop();
  });

  it('are not replaced when their file is damaged', async () => {
    const damaged = join(temporaryDirectory(), 'kms.json');
    writeFileSync(damaged, readFileSync(file, 'utf8').slice(1));
    await expect(startKms(damaged)).rejects.toMatchObject({
      name: 'StartError',
      message: expect.stringContaining('npm start -- --fresh'),
    });
  });

  it('describe themselves', async () => {
    const { KeyMetadata } = await client.send(new DescribeKeyCommand({ KeyId: 'mac' }));
    expect(KeyMetadata).toMatchObject({ Arn: `${ARN}key/mac`, KeyId: 'mac', KeyUsage: 'GENERATE_VERIFY_MAC' });
    expect(KeyMetadata?.MacAlgorithms).toEqual(['HMAC_SHA_256']);
  });
});

describe('the other calls', () => {
  it('make data keys that the key encrypts', async () => {
    const made = await client.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256', EncryptionContext }));
    const command = new DecryptCommand({ CiphertextBlob: made.CiphertextBlob, EncryptionContext });
    expect((await client.send(command)).Plaintext).toStrictEqual(made.Plaintext);
    expect(made.Plaintext).toHaveLength(32);
    await expect(client.send(new GenerateDataKeyCommand({ KeyId }))).rejects.toThrow('number of bytes or key spec');
  });

  it('make and check MACs', async () => {
    const request = { KeyId: 'mac', MacAlgorithm: 'HMAC_SHA_256', Message: Buffer.from('x') } as const;
    const { Mac } = await client.send(new GenerateMacCommand(request));
    expect(Mac).toHaveLength(32);
    expect(await client.send(new VerifyMacCommand({ ...request, Mac }))).toMatchObject({ MacValid: true });
    const wrong = new VerifyMacCommand({ ...request, Message: Buffer.from('y'), Mac });
    await expect(client.send(wrong)).rejects.toMatchObject({ name: 'KMSInvalidMacException' });
    const mismatch = new GenerateMacCommand({ ...request, MacAlgorithm: 'HMAC_SHA_512' });
    await expect(client.send(mismatch)).rejects.toMatchObject({ name: 'InvalidKeyUsageException' });
  });

  it('are refused when nobody here knows them', async () => {
    await expect(client.send(new ListKeysCommand())).rejects.toMatchObject({ name: 'UnknownOperationException' });
    const headers = { 'x-amz-target': 'TrentService.Encrypt' };
    const answer = await fetch(kms.endpoint, { method: 'POST', headers, body: '{' });
    await expect(answer.json()).resolves.toMatchObject({ __type: 'SerializationException' });
  });
});
