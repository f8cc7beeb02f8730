import type { DataOf } from '../contracts/endpoint.ts';
import { DOCUMENT_LINK_SECONDS, type staffKycUser } from '../contracts/staff/kyc-user.ts';
import type { User } from '../identity/user.ts';
import { listImages, type KycImage } from '../kyc/image-item.ts';
import { NOT_STARTED } from '../kyc/levels.ts';
import { type KycRecord, recordPlace } from '../kyc/record.ts';
import { getRecord } from '../kyc/record-store.ts';
import { lastScreening, type Screening } from '../kyc/screening-store.ts';
import { SECOND } from '../platform/clock.ts';
import type { Platform } from '../platform/platform.ts';
import { auditLook } from './audit.ts';
import { auditedLevels } from './kyc-audited.ts';
import type { StaffCaller } from './staff-caller.ts';
import { findTarget } from './target.ts';

type View = DataOf<typeof staffKycUser>;
type Viewing = Platform<(typeof staffKycUser)['uses']>;

type Person = Pick<View, 'name' | 'gender' | 'birthday' | 'identityNumber' | 'mobilePhone'>;

const NOBODY: Person = { name: null, gender: null, birthday: null, identityNumber: null, mobilePhone: null };

const personOf = async ({ secrets }: Viewing, record: KycRecord | undefined): Promise<Person> => {
  if (!record) return NOBODY;
  const plain = async (field: 'name' | 'birthday' | 'identityNumber' | 'mobilePhone'): Promise<string | null> => {
    const ciphertext = record[field];
    if (ciphertext === undefined) return null;
    return String(await secrets.identity.decrypt(ciphertext, recordPlace(record.userId, field)));
  };
  const [name, birthday, identityNumber, mobilePhone] = await Promise.all([
    plain('name'),
    plain('birthday'),
    plain('identityNumber'),
    plain('mobilePhone'),
  ]);
  return { name, gender: record.gender, birthday, identityNumber, mobilePhone };
};

const applicationOf = async ({ secrets }: Viewing, record: KycRecord | undefined): Promise<View['bankApplication']> => {
  const application = record?.bankApplication;
  if (!record || !application) return null;
  const place = recordPlace(record.userId, 'bankApplication.account');
  return { ...application, account: String(await secrets.bankAccount.decrypt(application.account, place)) };
};

const linkedImage = async (
  { buckets }: Viewing,
  { objectKey, reason, ...image }: KycImage,
): Promise<View['images'][number]> => ({
  ...image,
  reason: reason ?? null,
  url: await buckets.documents.link(objectKey, DOCUMENT_LINK_SECONDS, image),
});

/** What was read of a user before anything of it is opened. */
interface Closed {
  readonly target: User;
  readonly record: KycRecord | undefined;
  readonly images: readonly KycImage[];
  readonly screening: Screening | undefined;
}

const opened = async (platform: Viewing, { target, record, images, screening }: Closed): Promise<View> => {
  const linksExpireAt = platform.clock.now() + DOCUMENT_LINK_SECONDS * SECOND;
  const { level1, level2, level3 } = record ?? NOT_STARTED;
  const [person, bankApplication, linked] = await Promise.all([
    personOf(platform, record),
    applicationOf(platform, record),
    Promise.all(images.map((image) => linkedImage(platform, image))),
  ]);
  return {
    userId: target.userId,
    username: target.username,
    version: record?.version ?? 0,
    level: target.kycLevel,
    statusLevel1: level1,
    statusLevel2: level2,
    statusLevel3: level3,
    ...person,
    questionnaire: record?.questionnaire ?? null,
    bankApplication,
    requestedAt: record?.requestedAt ?? null,
    images: linked,
    screening: screening ?? null,
    transfersStopped: target.screening !== undefined,
    linksExpireAt: images.length > 0 ? linksExpireAt : null,
  };
};

/**
 * The record of a user in plain text, with links to the documents. Nothing is decrypted and no link made before it is
 * recorded who opens it.
 */
export const viewKycUser = async (platform: Viewing, staff: StaffCaller, username: string) => {
  const { tables, clock } = platform;
  const target = await findTarget(tables.users, username, clock.now());
  if (!target) return { ok: false, code: 'NOT_FOUND' } as const;
  const [record, images, screening] = await Promise.all([
    getRecord(tables.kyc, target.userId),
    listImages(tables.kyc, target.userId),
    lastScreening(tables.kyc, target.userId),
  ]);
  await auditLook(platform, staff, {
    action: 'kyc.read',
    target,
    before: auditedLevels(target.kycLevel, record, images),
  });
  return { ok: true, data: await opened(platform, { target, record, images, screening }) } as const;
};
