import * as z from 'zod';
import { KmsError } from './kms-error.ts';

/** KMS's limits, in bytes ("Encrypt", "Decrypt", "GenerateDataKey" and "GenerateMac", KMS API reference). */
const PLAINTEXT_LIMIT = 4_096;
const CIPHERTEXT_LIMIT = 6_144;
const MESSAGE_LIMIT = 4_096;
const DATA_KEY_LIMIT = 1_024;
const KEY_ID_LIMIT = 2_048;

const shortest = 'Member must have length greater than or equal to 1';
const longest = (limit: number): string => `Member must have length less than or equal to ${limit}`;

const bytes = (limit: number) =>
  z
    .base64('Member must be base64')
    .transform((text) => Buffer.from(text, 'base64'))
    .refine(({ length }) => length >= 1, shortest)
    .refine(({ length }) => length <= limit, longest(limit));

const KeyId = z.string('Member must not be null').min(1, shortest).max(KEY_ID_LIMIT, longest(KEY_ID_LIMIT));
const EncryptionContext = z.record(z.string(), z.string()).default({});
const EncryptionAlgorithm = z.literal('SYMMETRIC_DEFAULT').default('SYMMETRIC_DEFAULT');
const MacAlgorithm = z.enum(['HMAC_SHA_224', 'HMAC_SHA_256', 'HMAC_SHA_384', 'HMAC_SHA_512']);
const Message = bytes(MESSAGE_LIMIT);

/** What the calls take. Members that would change what a call does, and that nobody here heeds, are refused. */
export const REQUESTS = {
  DescribeKey: z.strictObject({ KeyId }),
  Encrypt: z.strictObject({ KeyId, EncryptionContext, EncryptionAlgorithm, Plaintext: bytes(PLAINTEXT_LIMIT) }),
  Decrypt: z.strictObject({
    KeyId: KeyId.optional(),
    EncryptionContext,
    EncryptionAlgorithm,
    CiphertextBlob: bytes(CIPHERTEXT_LIMIT),
  }),
  GenerateDataKey: z.strictObject({
    KeyId,
    EncryptionContext,
    KeySpec: z.enum(['AES_128', 'AES_256']).optional(),
    NumberOfBytes: z.int().min(1).max(DATA_KEY_LIMIT).optional(),
  }),
  GenerateMac: z.strictObject({ KeyId, MacAlgorithm, Message }),
  VerifyMac: z.strictObject({ KeyId, MacAlgorithm, Message, Mac: bytes(CIPHERTEXT_LIMIT) }),
};

/** @throws KmsError ValidationException, naming the first member that is wrong. */
export const parseRequest = <T>(schema: z.ZodType<T>, payload: unknown): T => {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const member = String(issue?.path[0] ?? '');
  const where = member === '' ? 'the request' : `'${member.slice(0, 1).toLowerCase()}${member.slice(1)}'`;
  throw new KmsError(
    'ValidationException',
    `1 validation error detected: Value at ${where} failed to satisfy constraint: ${issue?.message}`,
  );
};
