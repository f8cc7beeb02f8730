import * as z from 'zod/mini';
import { defineEndpoint } from '../../endpoint.ts';
import { imageStatus, kycLevel, kycStatus } from '../../states.ts';

/** Masked; null until it is known. */
const masked = z.nullable(z.string());

export const status = defineEndpoint({
  id: 'kyc.status',
  chapter: '5.7',
  method: 'GET',
  path: '/v1/kyc/status',
  alsoAt: '/bitgin/v1/kyc/status',
  summary: 'Get the KYC level, the status of each level and of its images, and masked personal data',
  auth: 'session',
  apiKey: false,
  rate: 'query',
  data: z.object({
    name: masked,
    gender: z.nullable(z.literal([0, 1])),
    identityNumber: masked,
    mobilePhone: masked,
    level: kycLevel,
    statusLevel1: kycStatus,
    idPhotoVerification: imageStatus,
    idSelfieVerification: imageStatus,
    secondIdPhotoVerification: imageStatus,
    addressVerification: imageStatus,
    statusLevel2: kycStatus,
    bankAccountVerification: imageStatus,
    statusLevel3: kycStatus,
    allowChangeBankAccount: z.boolean(),
    /** By image type; only after a rejection. */
    rejectReasons: z.optional(z.record(z.string(), z.string())),
  }),
  codes: [],
  successMessage: 'Success',
  uses: { kyc: ['batchGet'] },
  example: {
    data: {
      name: '林*得',
      gender: 1,
      identityNumber: 'A12****89',
      mobilePhone: '0912***678',
      level: 1,
      statusLevel1: 3,
      idPhotoVerification: 4,
      idSelfieVerification: 3,
      secondIdPhotoVerification: 4,
      addressVerification: 3,
      statusLevel2: 4,
      bankAccountVerification: 1,
      statusLevel3: 1,
      allowChangeBankAccount: true,
    },
  },
});
