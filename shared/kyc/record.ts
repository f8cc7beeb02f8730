import * as z from 'zod/mini';
import { KycImageType, type ValueOf } from '../contracts/enums.ts';
import { kycStatus } from '../contracts/states.ts';
import type { SecretPlace } from '../platform/secrets.ts';
import type { Key } from '../platform/writes.ts';

export type ImageType = ValueOf<typeof KycImageType>;

/** The image that level 3 is decided by; all others belong to level 2. */
export const ACCOUNT_IMAGE = KycImageType.BANK_ACCOUNT;

export const DOCUMENT_IMAGES: readonly ImageType[] = Object.values(KycImageType).filter(
  (type) => type !== ACCOUNT_IMAGE,
);

/** The user as these use cases need one. */
export interface KycUser {
  readonly userId: string;
  readonly username: string;
  readonly kycLevel: 0 | 1 | 2 | 3;
}

/** A keyed fingerprint as stored: comparable with those of its version only. */
const fingerprint = z.object({ version: z.int(), mac: z.string() });

const answer = z.object({ value: z.string(), otherValue: z.optional(z.string()) });

export const questionnaireItem = z.object({ q1: answer, q2: answer, q3: answer, q4: answer });

export type Questionnaire = z.output<typeof questionnaireItem>;

const bankApplication = z.object({
  bankCode: z.string(),
  bankName: z.string(),
  branchCode: z.string(),
  branchName: z.string(),
  /** Ciphertext. */
  account: z.string(),
});

/**
 * What is known of a user. `name`, `birthday`, `identityNumber`, `mobilePhone` and the account applied for are
 * ciphertexts, bound to this item and to their field; masks and fingerprints can be read without them.
 */
export const kycRecordItem = z.object({
  userId: z.string(),
  /** One more with every write. */
  version: z.int(),
  submitted: z.boolean(),
  level1: kycStatus,
  level2: kycStatus,
  level3: kycStatus,
  accountAccepted: z.boolean(),
  gender: z.literal([0, 1]),
  nameMask: z.string(),
  identityMask: z.string(),
  phoneMask: z.optional(z.string()),
  name: z.string(),
  /** YYYY/MM/DD. */
  birthday: z.string(),
  identityNumber: z.string(),
  /** E.164. */
  mobilePhone: z.optional(z.string()),
  identityFingerprint: fingerprint,
  /** Of the identity number and the phone that level 1 was passed with last: whose guards the user has, unless released. */
  verifiedIdentity: z.optional(fingerprint),
  phoneFingerprint: z.optional(fingerprint),
  questionnaire: z.optional(questionnaireItem),
  bankApplication: z.optional(bankApplication),
  /** By image type, as the reviewer wrote them. */
  rejectReasons: z.optional(z.record(z.string(), z.string())),
  /** When the present review was asked for, in epoch milliseconds. */
  requestedAt: z.optional(z.int()),
});

export type KycRecord = z.output<typeof kycRecordItem>;

export const recordKey = (userId: string): Key => ({ pk: `USER#${userId}`, sk: 'KYC' });

/** The fields of a record that are encrypted; the account under the purpose `bankAccount`, all others under `identity`. */
export type SecretField = 'name' | 'birthday' | 'identityNumber' | 'mobilePhone' | 'bankApplication.account';

/** Where a field of a record lies, for its encryption. */
export const recordPlace = (userId: string, field: SecretField): SecretPlace => ({
  table: 'kyc',
  key: recordKey(userId),
  field,
});
