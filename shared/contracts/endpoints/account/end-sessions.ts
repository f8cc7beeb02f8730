import * as z from 'zod/mini';
import { defineEndpoint } from '../../endpoint.ts';
import { SAMPLE_SESSION_ID, sessionId } from './session-id.ts';

export const endSessions = defineEndpoint({
  id: 'account.end-sessions',
  chapter: '10.4',
  method: 'DELETE',
  path: '/v1/user/sessions',
  summary: 'End one session of the user, or all but the present one',
  auth: 'session',
  apiKey: false,
  rate: 'query',
  query: z.object({ id: z.optional(sessionId) }),
  data: z.null(),
  codes: ['NOT_FOUND', 'UPDATE_FAILED'],
  successMessage: 'Success',
  uses: { users: ['update', 'delete'] },
  example: { query: { id: SAMPLE_SESSION_ID }, data: null },
});
