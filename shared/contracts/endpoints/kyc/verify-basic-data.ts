import * as z from 'zod/mini';
import { kycCodes } from '../../codes/kyc.ts';
import { phoneCodes } from '../../codes/phone.ts';
import { defineEndpoint } from '../../endpoint.ts';
import { phoneField, verificationCode } from '../../fields.ts';
import { sanctionsScreening } from '../../settings/sanctions-screening.ts';

export const verifyBasicData = defineEndpoint({
  id: 'kyc.verify-basic-data',
  chapter: '5.3',
  method: 'POST',
  path: '/v1/kyc/verify_basic_data',
  summary: 'Pass level 1 with the code that was texted to the mobile number',
  auth: 'session',
  apiKey: false,
  rate: 'query',
  body: z.object({ mobilePhone: phoneField, code: verificationCode }),
  data: z.null(),
  ownCodes: { ...kycCodes, ...phoneCodes },
  codes: ['PHONE_INVALID', 'ILLEGAL_STATE', 'TEXT_CODE_WRONG', 'IDENTITY_TAKEN', 'PHONE_TAKEN', 'KYC_STALE'],
  successMessage: 'Success',
  counts: { SUCCESS: 'KycLevel1Passed' },
  uses: {
    users: ['update'],
    ephemeral: ['update'],
    kyc: ['get', 'batchGet', 'put', 'update', 'delete'],
    secrets: { identity: ['encrypt'] },
    fingerprints: { mobilePhone: ['mac'] },
    settings: [sanctionsScreening],
  },
  example: { body: { mobilePhone: '0912345678', code: '123456' }, data: null },
});
