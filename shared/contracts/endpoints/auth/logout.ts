import * as z from 'zod/mini';
import { defineEndpoint } from '../../endpoint.ts';

export const logout = defineEndpoint({
  id: 'auth.logout',
  chapter: '3.6',
  method: 'POST',
  path: '/v1/logout',
  summary: 'End the session',
  auth: 'pending',
  apiKey: false,
  rate: 'query',
  data: z.null(),
  codes: [],
  successMessage: 'Logout',
  clearsToken: true,
  uses: { users: ['put', 'delete'] },
  example: { data: null },
});
