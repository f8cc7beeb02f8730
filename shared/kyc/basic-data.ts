import { text } from '../contracts/codes/text.ts';
import type { BodyOf, DataOf, Failure } from '../contracts/endpoint.ts';
import type { basicData } from '../contracts/endpoints/kyc/basic-data.ts';
import type { Locale, LocalizedText } from '../contracts/locale.ts';
import type { Fingerprint } from '../platform/fingerprints.ts';
import type { Platform } from '../platform/platform.ts';
import { ageOf } from './birthday.ts';
import { identityGuard, ownerOf } from './guards.ts';
import { parseIdentityNumber } from './identity-number.ts';
import { transition } from './levels.ts';
import { maskIdentityNumber, maskName } from './masks.ts';
import { type KycUser, recordPlace } from './record.ts';
import { changeRecord, getRecord, newRecord } from './record-store.ts';

type Endpoint = typeof basicData;
type BasicPlatform = Platform<Endpoint['uses']>;
type Person = BodyOf<Endpoint>;
type Submitted = { readonly ok: true; readonly data: DataOf<Endpoint> };

const NO_DATE = text(
  '沒有這一天，或早於 125 年前',
  '没有这一天，或早于 125 年前',
  'there is no such day, or not in the last 125 years',
);
const NO_IDENTITY = text(
  '不是有效的身分證字號或居留證號碼，請檢查是否打錯',
  '不是有效的身份证字号或居留证号码，请检查是否打错',
  'this is no valid national identity or ARC number; check for a slip of the pen',
);
const tooYoung = (age: number): LocalizedText =>
  text(`須年滿 ${age} 歲`, `须年满 ${age} 岁`, `you must be ${age} or older`);

const invalid = (field: keyof Person, reason: LocalizedText, locale: Locale): Failure<Endpoint> => ({
  ok: false,
  code: 'INVALID_PARAMETER',
  params: { field, reason: reason[locale] },
});

/** The person with the identity number in its one form, or what is wrong. */
const checked = (
  { settings, clock }: BasicPlatform,
  person: Person,
  locale: Locale,
): { readonly ok: true; readonly person: Person } | Failure<Endpoint> => {
  const age = ageOf(person.birthday, clock.now());
  if (age === undefined) return invalid('birthday', NO_DATE, locale);
  if (age < settings.minimumAge) return invalid('birthday', tooYoung(settings.minimumAge), locale);
  const identityNumber = parseIdentityNumber(person.identityNumber);
  if (identityNumber === undefined) return invalid('identityNumber', NO_IDENTITY, locale);
  return { ok: true, person: { ...person, identityNumber } };
};

/** What is stored of a person: ciphertexts, masks, the fingerprint. */
const sealed = async ({ secrets }: BasicPlatform, userId: string, person: Person, identityFingerprint: Fingerprint) => {
  const encrypt = (field: 'name' | 'birthday' | 'identityNumber') =>
    secrets.identity.encrypt(person[field], recordPlace(userId, field));
  const [name, birthday, identityNumber] = await Promise.all([
    encrypt('name'),
    encrypt('birthday'),
    encrypt('identityNumber'),
  ]);
  return {
    name,
    birthday,
    identityNumber,
    identityFingerprint,
    gender: person.gender,
    nameMask: maskName(person.name),
    identityMask: maskIdentityNumber(person.identityNumber),
  };
};

/**
 * Stores basic data, in place of what was submitted before, until level 1 is passed (API 5.1). The identity number is
 * not taken by it: that another user has it is only told.
 */
export const submitBasicData = async (
  platform: BasicPlatform,
  { userId }: Pick<KycUser, 'userId'>,
  body: Person,
  locale: Locale,
): Promise<Submitted | Failure<Endpoint>> => {
  const valid = checked(platform, body, locale);
  if (!valid.ok) return valid;
  const { tables, fingerprints, commit } = platform;
  const [record, fingerprint] = await Promise.all([
    getRecord(tables.kyc, userId),
    fingerprints.identityNumber.of(valid.person.identityNumber),
  ]);
  const result = transition(record, { by: 'user', event: 'submit-basic-data' });
  if (!result.ok) {
    return { ok: false, code: result.code === 'KYC_UNDER_REVIEW' ? 'KYC_UNDER_REVIEW' : 'KYC_COMPLETED' };
  }
  const [owner, fields] = await Promise.all([
    ownerOf(tables.kyc, identityGuard(fingerprint)),
    sealed(platform, userId, valid.person, fingerprint),
  ]);
  if (owner !== undefined && owner !== userId) return { ok: false, code: 'IDENTITY_TAKEN' };
  const { next } = result;
  const write = record
    ? changeRecord(tables.kyc, record, { ...next, ...fields })
    : newRecord(tables.kyc, { userId, ...next, ...fields });
  if (!(await commit([write])).committed) return { ok: false, code: 'KYC_STALE' };
  return { ok: true, data: { statusLevel2: next.level2, statusLevel3: next.level3 } };
};
