import * as z from 'zod/mini';
import { kycCodes } from '../../codes/kyc.ts';
import { defineEndpoint } from '../../endpoint.ts';

/** What is wrong with an answer is code 5608 and not -2, so nothing is refused here. */
const answer = z.optional(z.unknown());

export const applyLevel2 = defineEndpoint({
  id: 'kyc.apply-level-2',
  chapter: '5.5',
  method: 'POST',
  path: '/v1/kyc/apply_level_2',
  summary: 'Apply for level 2 with a questionnaire, nested or flat, once the images 1 to 5 are uploaded',
  auth: 'session',
  apiKey: false,
  rate: 'query',
  body: z.object({
    q1: answer,
    q2: answer,
    q3: answer,
    q4: answer,
    'q1.value': answer,
    'q1.otherValue': answer,
    'q2.value': answer,
    'q2.otherValue': answer,
    'q3.value': answer,
    'q4.value': answer,
  }),
  data: z.null(),
  ownCodes: kycCodes,
  codes: ['QUESTIONNAIRE_INVALID', 'ILLEGAL_STATE', 'IMAGE_MISSING', 'KYC_STALE'],
  successMessage: 'Success',
  counts: { SUCCESS: 'KycLevel2Applied' },
  uses: { kyc: ['batchGet', 'put', 'update'] },
  example: {
    body: {
      q1: { value: 'other', otherValue: 'savings' },
      q2: { value: 'no' },
      q3: { value: '1_to_3' },
      q4: { value: 'less_than_50' },
    },
    data: null,
  },
});
