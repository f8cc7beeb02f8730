import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/*
 * A ciphertext of the local KMS: version (1 byte), length of the key's ARN (2 bytes), the ARN, nonce, tag, and what
 * AES-256-GCM made. What stands before the nonce is authenticated together with the encryption context.
 */

export type EncryptionContext = Readonly<Record<string, string>>;

const CIPHER = 'aes-256-gcm';
const VERSION = 1;
const ARN_AT = 3;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The same bytes for the same pairs, in whichever order they were given; no other pairs have them. */
const canonical = (context: EncryptionContext): Buffer =>
  Buffer.from(JSON.stringify(Object.entries(context).sort(([first], [second]) => (first < second ? -1 : 1))));

const headerOf = (keyArn: string): Buffer => {
  const arn = Buffer.from(keyArn);
  const header = Buffer.alloc(ARN_AT);
  header.writeUInt8(VERSION);
  header.writeUInt16BE(arn.length, 1);
  return Buffer.concat([header, arn]);
};

interface Parts {
  readonly keyArn: string;
  readonly header: Buffer;
  readonly nonce: Buffer;
  readonly tag: Buffer;
  readonly data: Buffer;
}

const partsOf = (blob: Buffer): Parts | undefined => {
  if (blob.length < ARN_AT || blob.readUInt8() !== VERSION) return undefined;
  const nonceAt = ARN_AT + blob.readUInt16BE(1);
  const tagAt = nonceAt + NONCE_BYTES;
  const dataAt = tagAt + TAG_BYTES;
  if (blob.length < dataAt) return undefined;
  return {
    keyArn: blob.subarray(ARN_AT, nonceAt).toString(),
    header: blob.subarray(0, nonceAt),
    nonce: blob.subarray(nonceAt, tagAt),
    tag: blob.subarray(tagAt, dataAt),
    data: blob.subarray(dataAt),
  };
};

/** The ARN of the key that a ciphertext names; undefined when it is no ciphertext of this KMS. */
export const keyOfCiphertext = (blob: Buffer): string | undefined => partsOf(blob)?.keyArn;

/** @param material 32 bytes. */
export const seal = (material: Buffer, keyArn: string, context: EncryptionContext, plaintext: Buffer): Buffer => {
  const header = headerOf(keyArn);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, material, nonce).setAAD(Buffer.concat([header, canonical(context)]));
  const data = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([header, nonce, cipher.getAuthTag(), data]);
};

/** What was sealed; undefined when the bytes, the material or the context are not those that it was sealed with. */
export const unseal = (material: Buffer, context: EncryptionContext, blob: Buffer): Buffer | undefined => {
  const parts = partsOf(blob);
  if (parts === undefined) return undefined;
  const { header, nonce, tag, data } = parts;
  const decipher = createDecipheriv(CIPHER, material, nonce)
    .setAAD(Buffer.concat([header, canonical(context)]))
    .setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(data), decipher.final()]);
  } catch {
    return undefined;
  }
};
