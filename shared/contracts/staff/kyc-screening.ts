import * as z from 'zod/mini';
import { staffCodes } from '../codes/staff.ts';
import { defineEndpoint } from '../endpoint.ts';
import { sanctionsScreening } from '../settings/sanctions-screening.ts';
import { reason, SAMPLE_USER, userParams } from './fields.ts';

/** Staff looked at what was found by hand, and it is somebody else: lets pass what is not clear. Kept in the audit. */
export const screeningReviewed = z.optional(z.boolean());

export const staffKycScreening = defineEndpoint({
  id: 'admin.kyc-screening',
  chapter: 'Staff API',
  method: 'POST',
  path: '/admin/v1/kyc/users/{username}/screening',
  summary: 'Look a user up on the lists of sanctions anew, and let who is clear send money again',
  auth: 'staff',
  apiKey: false,
  rate: 'staff',
  params: userParams,
  body: z.object({ screeningReviewed, reason }),
  data: z.null(),
  ownCodes: staffCodes,
  codes: ['NOT_FOUND', 'ILLEGAL_STATE', 'SCREENING_REVIEW', 'UPDATE_FAILED'],
  successMessage: 'Success',
  uses: {
    users: ['get', 'update'],
    kyc: ['get', 'put'],
    secrets: { identity: ['decrypt'] },
    audit: ['append'],
    settings: [sanctionsScreening],
  },
  example: { params: SAMPLE_USER, body: { reason: 'The name on the card changed.' }, data: null },
});
