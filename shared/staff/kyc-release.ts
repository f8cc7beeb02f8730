import { text } from '../contracts/codes/text.ts';
import type { BodyOf } from '../contracts/endpoint.ts';
import { KycStatus } from '../contracts/enums.ts';
import type { Locale } from '../contracts/locale.ts';
import type { staffKycRelease } from '../contracts/staff/kyc-release.ts';
import { notified } from '../identity/acting.ts';
import { setKycLevel } from '../identity/kyc-level.ts';
import { parseMobile } from '../identity/phone.ts';
import type { User } from '../identity/user.ts';
import { dropGuard, identityGuard, ownerOf, phoneGuard } from '../kyc/guards.ts';
import { parseIdentityNumber } from '../kyc/identity-number.ts';
import { kycLevelOf, transition } from '../kyc/levels.ts';
import { maskIdentityNumber, maskMobile } from '../kyc/masks.ts';
import type { KycRecord } from '../kyc/record.ts';
import { changeRecord, getRecord } from '../kyc/record-store.ts';
import type { Platform } from '../platform/platform.ts';
import type { Key, Write } from '../platform/writes.ts';
import { commitAudited } from './audit.ts';
import { auditedLevels } from './kyc-audited.ts';
import type { StaffCaller } from './staff-caller.ts';
import { findTarget, inLanguageOf } from './target.ts';

type Releasing = Platform<(typeof staffKycRelease)['uses']>;
type Release = BodyOf<typeof staffKycRelease>;

const NO_IDENTITY = text(
  '不是有效的身分證字號或居留證號碼',
  '不是有效的身份证字号或居留证号码',
  'this is no valid national identity or ARC number',
);

/** A number that staff name: where it is guarded, and what the audit may tell of it. */
interface NamedNumber {
  readonly guard: Key;
  readonly masked: { readonly identityNumber: string } | { readonly mobilePhone: string };
}

const namedNumber = async (
  { fingerprints }: Releasing,
  { identityNumber = '', mobilePhone }: Release,
): Promise<NamedNumber | undefined> => {
  if (mobilePhone !== undefined) {
    const phone = parseMobile(mobilePhone);
    if (phone === undefined) return undefined;
    const guard = phoneGuard(await fingerprints.mobilePhone.of(phone));
    return { guard, masked: { mobilePhone: maskMobile(phone) } };
  }
  const number = parseIdentityNumber(identityNumber);
  if (number === undefined) return undefined;
  const guard = identityGuard(await fingerprints.identityNumber.of(number));
  return { guard, masked: { identityNumber: maskIdentityNumber(number) } };
};

/** What becomes of the levels: reopened, unless level 1 is open already. `undefined` while staff review something. */
const reopened = (record: KycRecord) => {
  if (record.level1 === KycStatus.RESUBMIT) return { next: record, kycLevel: kycLevelOf(record) };
  const moved = transition(record, { by: 'staff', event: 'reopen-level-1' });
  return moved.ok ? moved : undefined;
};

interface Reopening {
  readonly target: User;
  readonly record: KycRecord;
  readonly named: NamedNumber;
  readonly reason: string;
}

const release = (platform: Releasing, staff: StaffCaller, { target, record, named, reason }: Reopening) => {
  const { tables, clock } = platform;
  const moved = reopened(record);
  if (!moved) return { ok: false, code: 'ILLEGAL_STATE' } as const;
  const { next, kycLevel } = moved;
  const taken = Object.fromEntries(Object.keys(named.masked).map((field) => [field, null]));
  const change = {
    action: 'kyc.release',
    target,
    reason,
    before: { ...auditedLevels(target.kycLevel, record), ...named.masked },
    after: { ...auditedLevels(kycLevel, next), ...taken },
  } as const;
  const facts = { at: clock.now(), level: 1 as const, reason, images: [] };
  const writes: readonly Write[] = [
    changeRecord(tables.kyc, record, { level1: next.level1 }),
    dropGuard(tables.kyc, named.guard, target.userId),
    ...(kycLevel === target.kycLevel ? [] : [setKycLevel(tables.users, target, kycLevel)]),
    notified(platform, target, inLanguageOf(target), { kind: 'kyc-rejected', facts }),
  ];
  return commitAudited(platform, staff, change, writes);
};

/**
 * Frees the identity number or phone of a user for somebody else, and reopens level 1, with its audit record. The user
 * keeps what was reviewed, as long as level 1 is passed again with the same identity number.
 */
export const releaseNumber = async (
  platform: Releasing,
  staff: StaffCaller,
  username: string,
  { body, locale }: { readonly body: Release; readonly locale: Locale },
) => {
  const { tables, clock } = platform;
  const target = await findTarget(tables.users, username, clock.now());
  if (!target) return { ok: false, code: 'NOT_FOUND' } as const;
  const named = await namedNumber(platform, body);
  if (!named) {
    if (body.mobilePhone !== undefined) return { ok: false, code: 'PHONE_INVALID' } as const;
    const params = { field: 'identityNumber', reason: NO_IDENTITY[locale] };
    return { ok: false, code: 'INVALID_PARAMETER', params } as const;
  }
  const [record, owner] = await Promise.all([getRecord(tables.kyc, target.userId), ownerOf(tables.kyc, named.guard)]);
  if (!record || owner !== target.userId) return { ok: false, code: 'ILLEGAL_STATE' } as const;
  return release(platform, staff, { target, record, named, reason: body.reason });
};
