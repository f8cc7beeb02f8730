import * as z from 'zod';
import { keyOfCiphertext } from '../../emulators/kms/ciphertext.ts';
import { keyIdArn } from '../../template/keys.ts';
import { headerOf, type NotUnderstood, type Service, shortName, type Understood } from './service.ts';

/** The members that tell what a call touches; the rest passes through unread. */
const members = z.object({
  KeyId: z.string().optional(),
  CiphertextBlob: z.string().optional(),
  EncryptionContext: z.record(z.string(), z.string()).default({}),
});

type Members = z.output<typeof members>;

/** Operations on one key, which are allowed on its ARN. What concerns two keys, or none yet, is missing on purpose. */
const OPERATIONS = new Set(['Decrypt', 'DescribeKey', 'Encrypt', 'GenerateDataKey', 'GenerateMac', 'VerifyMac']);

const API_VERSION = 'TrentService.';

const parse = (body: Buffer): Members | undefined => {
  try {
    return members.safeParse(JSON.parse(body.toString())).data;
  } catch {
    return undefined;
  }
};

/** What the call names, else what its ciphertext names; undefined when neither names a key. */
const keyIdOf = ({ KeyId, CiphertextBlob = '' }: Members): string | undefined =>
  KeyId ?? keyOfCiphertext(Buffer.from(CiphertextBlob, 'base64'));

const contextOf = ({ EncryptionContext }: Members): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(EncryptionContext).map(([key, value]) => [`kms:EncryptionContext:${key}`, value]));

/** KMS's JSON protocol. */
export const kms: Service = {
  readsBody: true,
  understand: (call, customerKeyOf): Understood | NotUnderstood => {
    const target = headerOf(call, 'x-amz-target');
    const operation = target.startsWith(API_VERSION) ? target.slice(API_VERSION.length) : '';
    const payload = parse(call.body);
    if (!OPERATIONS.has(operation) || payload === undefined) {
      return {
        unknown: `The local stack does not know which rights the KMS call "${target}" needs, so it is refused.`,
      };
    }
    const keyId = keyIdOf(payload);
    // No key, nothing to allow: KMS itself refuses such a call.
    if (keyId === undefined) return { operation, subject: 'no key', needs: [], payload };
    const named = keyIdArn(keyId, call.region);
    const resource = customerKeyOf(named) ?? named;
    const needs = [{ action: `kms:${operation}`, resource, context: contextOf(payload) }];
    return { operation, subject: shortName(keyId), needs, payload };
  },
};
