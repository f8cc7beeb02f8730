import { describe, expect, it } from '@jest/globals';
import { seal } from '../../../../../infra/local/emulators/kms/ciphertext.ts';
import { kms } from '../../../../../infra/local/proxy/services/kms.ts';

const ARN = 'arn:aws:kms:r:000000000000:';
const KEY = `${ARN}key/bitgin-local-secrets`;
const ALIASES = new Map([[`${ARN}alias/bitgin-local-secrets`, KEY]]);
const EncryptionContext = { purpose: 'totp', table: 'users' };
const context = { 'kms:EncryptionContext:purpose': 'totp', 'kms:EncryptionContext:table': 'users' };

const understand = (operation: string, payload: unknown) => {
  const headers = { 'x-amz-target': `TrentService.${operation}` };
  const body = Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload));
  return kms.understand({ method: 'POST', target: '/', headers, body, region: 'r' }, (arn) => ALIASES.get(arn));
};

describe('the rights of a KMS call', () => {
  it.each(['bitgin-local-secrets', KEY, 'alias/bitgin-local-secrets', `${ARN}alias/bitgin-local-secrets`])(
    'are on the key that %s names, with its encryption context',
    (KeyId) => {
      expect(understand('Encrypt', { KeyId, Plaintext: 'eA==', EncryptionContext })).toMatchObject({
        operation: 'Encrypt',
        subject: 'secrets',
        needs: [{ action: 'kms:Encrypt', resource: KEY, context }],
      });
    },
  );

  it('are on the key that the ciphertext names, when the call names none', () => {
    const CiphertextBlob = seal(Buffer.alloc(32), KEY, {}, Buffer.from('x')).toString('base64');
    expect(understand('Decrypt', { CiphertextBlob, EncryptionContext })).toMatchObject({
      subject: 'secrets',
      needs: [{ action: 'kms:Decrypt', resource: KEY, context }],
    });
  });

  it('are none when neither names one: KMS refuses such a call itself', () => {
    expect(understand('Decrypt', { CiphertextBlob: 'AAAA' })).toMatchObject({ needs: [] });
    expect(understand('Encrypt', {})).toMatchObject({ needs: [] });
  });

  it('are on the alias itself when no template has it, so that nothing allows it', () => {
    expect(understand('Encrypt', { KeyId: 'alias/other' })).toMatchObject({
      needs: [{ action: 'kms:Encrypt', resource: `${ARN}alias/other`, context: {} }],
    });
  });

  it.each(['DescribeKey', 'GenerateDataKey', 'GenerateMac', 'VerifyMac'])('are known for %s', (operation) => {
    expect(understand(operation, { KeyId: KEY })).toMatchObject({
      needs: [{ action: `kms:${operation}`, resource: KEY }],
    });
  });

  it.each([
    ['CreateKey', {}],
    ['ReEncrypt', { CiphertextBlob: 'AAAA' }],
    ['toString', {}],
    ['Encrypt', '{"KeyId'],
    ['Encrypt', { KeyId: KEY, EncryptionContext: { purpose: 1 } }],
  ])('are not known for %s of %j', (operation, payload) => {
    expect(understand(operation, payload)).toEqual({
      unknown: expect.stringContaining(`rights the KMS call "TrentService.${operation}" needs`),
    });
  });
});
