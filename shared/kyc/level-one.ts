import { ImageStatus } from '../contracts/enums.ts';
import type { BodyOf, Failure } from '../contracts/endpoint.ts';
import type { verifyBasicData } from '../contracts/endpoints/kyc/verify-basic-data.ts';
import { parseMobile } from '../identity/phone.ts';
import type { Refusal } from '../platform/commit.ts';
import type { Fingerprint } from '../platform/fingerprints.ts';
import type { Platform } from '../platform/platform.ts';
import type { Key, Write } from '../platform/writes.ts';
import { dropGuard, identityGuard, ownerOf, phoneGuard, takeGuard } from './guards.ts';
import { type KycLevel, type Transition, transition } from './levels.ts';
import { maskMobile } from './masks.ts';
import { type KycRecord, type KycUser, recordPlace } from './record.ts';
import { changeRecord, getOverview, getRecord, resendImage } from './record-store.ts';

type Endpoint = typeof verifyBasicData;
type VerifyPlatform = Platform<Endpoint['uses']>;
type Passed = { readonly ok: true; readonly data: null };

/** What passing level 1 needs of the user's account. */
export interface Account {
  /** Counts a try of a texted code; what spends it, or `undefined` when it is not right. */
  readonly redeem: (code: {
    readonly phone: string;
    readonly userId: string;
    readonly code: string;
  }) => Promise<Write | undefined>;
  /** Refused when the user's level is not the one that was read. */
  readonly setLevel: (user: KycUser, to: KycLevel) => Write;
}

const isSame = (left: Fingerprint, right: Fingerprint): boolean =>
  left.version === right.version && left.mac === right.mac;

const isAnother = ({ verifiedIdentity, identityFingerprint }: KycRecord): boolean =>
  verifiedIdentity !== undefined && !isSame(verifiedIdentity, identityFingerprint);

const passing = (record: KycRecord | undefined): Transition =>
  transition(record, { by: 'user', event: record && isAnother(record) ? 'verify-as-another' : 'verify' });

/** The guards of numbers that the user no longer has; those that staff released may be another user's by now. */
const outdated = async (
  { tables }: VerifyPlatform,
  { userId, identityFingerprint, verifiedIdentity, phoneFingerprint }: KycRecord,
  phone: Fingerprint,
): Promise<readonly Key[]> => {
  const candidates = [
    ...(verifiedIdentity && !isSame(verifiedIdentity, identityFingerprint) ? [identityGuard(verifiedIdentity)] : []),
    ...(phoneFingerprint && !isSame(phoneFingerprint, phone) ? [phoneGuard(phoneFingerprint)] : []),
  ];
  const owners = await Promise.all(candidates.map((guard) => ownerOf(tables.kyc, guard)));
  return candidates.filter((_guard, index) => owners[index] === userId);
};

/** Accepted images show the person of before: each is to be sent again. */
const resentImages = async ({ tables }: VerifyPlatform, { userId }: KycRecord): Promise<readonly Write[]> => {
  const { images } = await getOverview(tables.kyc, userId);
  const accepted = [...images].filter(([, status]) => status === ImageStatus.ACCEPTED);
  return accepted.map(([type]) => resendImage(tables.kyc, userId, type));
};

/** The order of the first writes of the transaction: what was refused tells why. */
const REFUSED_BY = ['KYC_STALE', 'IDENTITY_TAKEN', 'PHONE_TAKEN', 'KYC_STALE', 'TEXT_CODE_WRONG'] as const;
const FIRST_TOLD = ['IDENTITY_TAKEN', 'PHONE_TAKEN', 'TEXT_CODE_WRONG'] as const;

const refusalOf = (refusals: readonly Refusal[]): Failure<Endpoint> => {
  const codes = new Set(refusals.map(({ index }) => REFUSED_BY[index]));
  return { ok: false, code: FIRST_TOLD.find((code) => codes.has(code)) ?? 'KYC_STALE' };
};

/** Passes level 1 with the code that was texted to the number: in one transaction with both guards and the user's level. */
export const passLevelOne = async (
  platform: VerifyPlatform,
  account: Account,
  user: KycUser,
  body: BodyOf<Endpoint>,
): Promise<Passed | Failure<Endpoint>> => {
  const { tables, secrets, fingerprints, commit } = platform;
  const { userId } = user;
  const phone = parseMobile(body.mobilePhone);
  if (phone === undefined) return { ok: false, code: 'PHONE_INVALID' };
  const record = await getRecord(tables.kyc, userId);
  const result = passing(record);
  if (!record || !result.ok) return { ok: false, code: 'ILLEGAL_STATE' };
  const [spend, phoneFingerprint, mobilePhone] = await Promise.all([
    account.redeem({ phone, userId, code: body.code }),
    fingerprints.mobilePhone.of(phone),
    secrets.identity.encrypt(phone, recordPlace(userId, 'mobilePhone')),
  ]);
  if (!spend) return { ok: false, code: 'TEXT_CODE_WRONG' };
  const changes = { phoneMask: maskMobile(phone), mobilePhone, phoneFingerprint };
  const [dropped, images] = await Promise.all([
    outdated(platform, record, phoneFingerprint),
    isAnother(record) ? resentImages(platform, record) : [],
  ]);
  const passed = await commit([
    changeRecord(tables.kyc, record, { ...result.next, ...changes, verifiedIdentity: record.identityFingerprint }),
    takeGuard(tables.kyc, identityGuard(record.identityFingerprint), userId),
    takeGuard(tables.kyc, phoneGuard(phoneFingerprint), userId),
    account.setLevel(user, result.kycLevel),
    spend,
    ...dropped.map((guard) => dropGuard(tables.kyc, guard, userId)),
    ...images,
  ]);
  return passed.committed ? { ok: true, data: null } : refusalOf(passed.refusals);
};
