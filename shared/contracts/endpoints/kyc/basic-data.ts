import * as z from 'zod/mini';
import { kycCodes } from '../../codes/kyc.ts';
import { defineEndpoint } from '../../endpoint.ts';
import { minimumAge } from '../../settings/minimum-age.ts';
import { kycStatus } from '../../states.ts';
import { birthday, gender, identityNumber, personName } from './person-fields.ts';

export const basicData = defineEndpoint({
  id: 'kyc.basic-data',
  chapter: '5.1',
  method: 'POST',
  path: '/v1/kyc/basic_data',
  summary: 'Submit name, gender, birthday and identity number; again until level 1 is passed',
  auth: 'session',
  apiKey: false,
  rate: 'query',
  body: z.object({ name: personName, gender, birthday, identityNumber }),
  data: z.object({ statusLevel3: kycStatus, statusLevel2: kycStatus }),
  ownCodes: kycCodes,
  codes: ['INVALID_PARAMETER', 'IDENTITY_TAKEN', 'KYC_UNDER_REVIEW', 'KYC_COMPLETED', 'KYC_STALE'],
  successMessage: 'Success',
  uses: {
    kyc: ['get', 'put', 'update'],
    secrets: { identity: ['encrypt'] },
    fingerprints: { identityNumber: ['mac'] },
    settings: [minimumAge],
  },
  example: {
    body: { name: '林書得', gender: 1, birthday: '1990/01/05', identityNumber: 'A123456789' },
    data: { statusLevel3: 1, statusLevel2: 1 },
  },
});
