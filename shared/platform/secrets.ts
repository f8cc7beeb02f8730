import {
  SECRET_PURPOSE_NAMES,
  SECRET_PURPOSES,
  type SecretPurpose,
  type SecretUses,
  type TableName,
} from '../contracts/resources.ts';
import type { Key } from './writes.ts';

/**
 * Where an encrypted value lies. It is bound to that place: copied to another item or field, it does not decrypt.
 * KMS logs the place in plain text, so no part of it may be secret.
 */
export interface SecretPlace {
  readonly table: TableName;
  /** Of the item. */
  readonly key: Key;
  /** Attribute of the item. */
  readonly field: string;
}

/** Secrets of one purpose. Which methods a function has is what its contract declares in `uses`. */
export interface Secret {
  /**
   * @param plaintext 1 to 4,096 bytes: KMS's limit for what it encrypts itself. Text is taken as UTF-8.
   * @returns the ciphertext in base64.
   */
  encrypt(plaintext: Uint8Array | string, place: SecretPlace): Promise<string>;
  /**
   * @returns the bytes that were encrypted.
   * @throws SecretUnreadableError when the ciphertext was not made for this purpose and place, by this key.
   */
  decrypt(ciphertext: string, place: SecretPlace): Promise<Buffer>;
}

/** The ciphertext is damaged, or was made for another purpose or place or by another key. */
export class SecretUnreadableError extends Error {
  override readonly name = 'SecretUnreadableError';
}

type EncryptionContext = Readonly<Record<'purpose' | 'table' | 'key' | 'field', string>>;

interface KeyRequest {
  /** An id, ARN or alias. */
  readonly KeyId: string;
  readonly EncryptionContext: EncryptionContext;
}

/** The two calls of KMS that are used. */
export interface KeyService {
  encrypt(
    request: KeyRequest & { readonly Plaintext: Uint8Array },
  ): Promise<{ readonly CiphertextBlob?: Uint8Array | undefined }>;
  decrypt(
    request: KeyRequest & { readonly CiphertextBlob: Uint8Array },
  ): Promise<{ readonly Plaintext?: Uint8Array | undefined }>;
}

/** What KMS answers to a ciphertext that it cannot decrypt with that key and that context. */
const UNREADABLE = new Set(['InvalidCiphertextException', 'IncorrectKeyException']);

const contextOf = (purpose: SecretPurpose, { table, key, field }: SecretPlace): EncryptionContext => ({
  purpose: SECRET_PURPOSES[purpose],
  table,
  // A list, so that no two keys can read the same.
  key: JSON.stringify([key.pk, key.sk]),
  field,
});

const required = (bytes: Uint8Array | undefined): Buffer => {
  if (bytes === undefined) throw new Error('KMS answered without the bytes that it was asked for.');
  return Buffer.from(bytes);
};

const unreadable = (error: unknown, purpose: SecretPurpose, { table, field }: SecretPlace): unknown =>
  error instanceof Error && UNREADABLE.has(error.name)
    ? new SecretUnreadableError(
        `A secret (${purpose}) in ${field} of the table ${table} cannot be decrypted: it is damaged, ` +
          'or was encrypted for another purpose or place or by another key. Was it moved from where it was stored?',
        { cause: error },
      )
    : error;

const createSecret = (service: KeyService, KeyId: string, purpose: SecretPurpose): Secret => ({
  encrypt: async (plaintext, place) => {
    const Plaintext = typeof plaintext === 'string' ? Buffer.from(plaintext) : plaintext;
    const request = { KeyId, EncryptionContext: contextOf(purpose, place), Plaintext };
    return required((await service.encrypt(request)).CiphertextBlob).toString('base64');
  },
  decrypt: async (ciphertext, place) => {
    const CiphertextBlob = Buffer.from(ciphertext, 'base64');
    const request = { KeyId, EncryptionContext: contextOf(purpose, place), CiphertextBlob };
    try {
      return required((await service.decrypt(request)).Plaintext);
    } catch (error) {
      throw unreadable(error, purpose, place);
    }
  },
});

/** Secrets by purpose: those that are declared, and no others. */
export const createSecrets = (
  service: KeyService,
  keyId: string,
  declared: SecretUses,
): { readonly [P in SecretPurpose]?: Secret } =>
  Object.fromEntries(
    SECRET_PURPOSE_NAMES.filter((purpose) => declared[purpose]).map((purpose) => [
      purpose,
      createSecret(service, keyId, purpose),
    ]),
  );
