import { createHmac } from 'node:crypto';
import { seal, unseal } from '../../infra/local/emulators/kms/ciphertext.ts';
import type { MacService } from '../../shared/platform/fingerprints.ts';
import type { KeyService } from '../../shared/platform/secrets.ts';

const MATERIAL = Buffer.alloc(32, 7);

/** KMS in memory: the cipher of the local stand-in with one key that has every name. */
export const testKeyService = (): KeyService => ({
  encrypt: ({ KeyId, EncryptionContext, Plaintext }) =>
    Promise.resolve({ CiphertextBlob: seal(MATERIAL, KeyId, EncryptionContext, Buffer.from(Plaintext)) }),
  decrypt: ({ EncryptionContext, CiphertextBlob }) => {
    const Plaintext = unseal(MATERIAL, EncryptionContext, Buffer.from(CiphertextBlob));
    if (Plaintext !== undefined) return Promise.resolve({ Plaintext });
    return Promise.reject(Object.assign(new Error('It does not decrypt.'), { name: 'InvalidCiphertextException' }));
  },
});

/** The same for the codes that KMS makes. */
export const testMacService = (): MacService => ({
  generateMac: ({ Message }) => Promise.resolve({ Mac: createHmac('sha256', MATERIAL).update(Message).digest() }),
});
