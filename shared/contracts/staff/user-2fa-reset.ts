import * as z from 'zod/mini';
import { factorCodes } from '../codes/factor.ts';
import { defineEndpoint } from '../endpoint.ts';
import { reason, SAMPLE_USER, userParams } from './fields.ts';

export const staffUserFactorReset = defineEndpoint({
  id: 'admin.user-2fa-reset',
  chapter: 'Staff API',
  method: 'POST',
  path: '/admin/v1/users/{username}/2fa_reset',
  summary: 'Unbind the second factor of a user who lost it, end every session and hold outgoing money for 24 hours',
  auth: 'staff',
  apiKey: false,
  rate: 'staff',
  params: userParams,
  body: z.object({ reason }),
  data: z.null(),
  ownCodes: factorCodes,
  codes: ['NOT_FOUND', 'TWO_FACTOR_NOT_BOUND', 'UPDATE_FAILED'],
  successMessage: 'Success',
  uses: { users: ['get', 'put', 'update'], audit: ['append'], outbox: ['put'] },
  example: { params: SAMPLE_USER, body: { reason: 'Lost phone, identity checked in a video call.' }, data: null },
});
