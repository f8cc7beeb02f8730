import * as z from 'zod/mini';
import { defineEndpoint } from '../endpoint.ts';
import { userStatus } from '../states.ts';
import { reason, SAMPLE_USER, userParams } from './fields.ts';

export const staffUserStatus = defineEndpoint({
  id: 'admin.user-status',
  chapter: 'Staff API',
  method: 'POST',
  path: '/admin/v1/users/{username}/status',
  summary: 'Set the status of a user; one that does not let the user log in ends every session for good',
  auth: 'staff',
  apiKey: false,
  rate: 'staff',
  params: userParams,
  body: z.object({ userStatus, reason }),
  data: z.null(),
  codes: ['NOT_FOUND', 'ILLEGAL_STATE', 'UPDATE_FAILED'],
  successMessage: 'Success',
  uses: { users: ['get', 'update'], audit: ['append'], outbox: ['put'] },
  example: { params: SAMPLE_USER, body: { userStatus: 7, reason: 'The owner reported a theft.' }, data: null },
});
