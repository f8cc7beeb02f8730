import * as z from 'zod/mini';
import { defineEndpoint } from '../endpoint.ts';
import { reason, SAMPLE_USER, spread, userParams } from './fields.ts';

export const staffUserVip = defineEndpoint({
  id: 'admin.user-vip',
  chapter: 'Staff API',
  method: 'POST',
  path: '/admin/v1/users/{username}/vip',
  summary: 'Set whether a user is VIP, and the spread of the user in percent',
  auth: 'staff',
  apiKey: false,
  rate: 'staff',
  params: userParams,
  body: z.object({ isVIP: z.boolean(), spread, reason }),
  data: z.null(),
  codes: ['NOT_FOUND', 'UPDATE_FAILED'],
  successMessage: 'Success',
  uses: { users: ['get', 'update'], audit: ['append'] },
  example: { params: SAMPLE_USER, body: { isVIP: true, spread: '0.1', reason: 'Volume of last month.' }, data: null },
});
