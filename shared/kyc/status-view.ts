import { ImageStatus, KycImageType, KycStatus, type ValueOf } from '../contracts/enums.ts';
import type { DataOf } from '../contracts/endpoint.ts';
import type { status } from '../contracts/endpoints/kyc/status.ts';
import type { Platform } from '../platform/platform.ts';
import { NOT_STARTED } from './levels.ts';
import type { ImageType, KycUser } from './record.ts';
import { getOverview, type ImageStatuses } from './record-store.ts';

/** What tells more of several images: one that must be sent again, one that is missing, one that waits. */
const TELLING = [ImageStatus.RESUBMIT, ImageStatus.NONE, ImageStatus.UPLOADED, ImageStatus.ACCEPTED] as const;

const statusOf = (images: ImageStatuses, ...types: readonly ImageType[]): ValueOf<typeof ImageStatus> => {
  const statuses = new Set(types.map((type) => images.get(type) ?? ImageStatus.NONE));
  return TELLING.find((one) => statuses.has(one)) ?? ImageStatus.NONE;
};

/** What a user sees of the verification (API 5.7): masks and statuses, without decrypting anything. */
export const viewStatus = async (
  { tables }: Platform<(typeof status)['uses']>,
  { userId, kycLevel }: KycUser,
): Promise<DataOf<typeof status>> => {
  const { record, images } = await getOverview(tables.kyc, userId);
  const { level1, level2, level3 } = record ?? NOT_STARTED;
  return {
    name: record?.nameMask ?? null,
    gender: record?.gender ?? null,
    identityNumber: record?.identityMask ?? null,
    mobilePhone: record?.phoneMask ?? null,
    level: kycLevel,
    statusLevel1: level1,
    idPhotoVerification: statusOf(images, KycImageType.ID_FRONT, KycImageType.ID_BACK),
    idSelfieVerification: statusOf(images, KycImageType.ID_SELFIE),
    secondIdPhotoVerification: statusOf(images, KycImageType.SECOND_ID),
    addressVerification: statusOf(images, KycImageType.ADDRESS_PROOF),
    statusLevel2: level2,
    bankAccountVerification: statusOf(images, KycImageType.BANK_ACCOUNT),
    statusLevel3: level3,
    allowChangeBankAccount: level3 !== KycStatus.VERIFYING,
    ...(record?.rejectReasons && { rejectReasons: record.rejectReasons }),
  };
};
