import * as z from 'zod/mini';
import { defineEndpoint } from '../endpoint.ts';
import { reason, SAMPLE_USER, userParams } from './fields.ts';

export const staffUserLegalHold = defineEndpoint({
  id: 'admin.user-legal-hold',
  chapter: 'Staff API',
  method: 'POST',
  path: '/admin/v1/users/{username}/legal_hold',
  summary: 'Keep everything of a user while a dispute or investigation lasts, or end that',
  auth: 'staff',
  apiKey: false,
  rate: 'staff',
  params: userParams,
  body: z.object({ held: z.boolean(), reason }),
  data: z.null(),
  codes: ['NOT_FOUND', 'ILLEGAL_STATE', 'UPDATE_FAILED'],
  successMessage: 'Success',
  uses: { users: ['get', 'update'], audit: ['append'] },
  example: { params: SAMPLE_USER, body: { held: true, reason: 'Order 4711 of the prosecutor.' }, data: null },
});
