import * as z from 'zod/mini';
import { defineEndpoint } from '../../endpoint.ts';
import { SAMPLE_SESSION_ID, sessionId } from './session-id.ts';

export const sessions = defineEndpoint({
  id: 'account.sessions',
  chapter: '10.4',
  method: 'GET',
  path: '/v1/user/sessions',
  summary: 'List the open sessions of the user, the last used first',
  auth: 'session',
  apiKey: false,
  rate: 'query',
  data: z.array(
    z.object({
      id: sessionId,
      ip: z.string(),
      browser: z.string(),
      os: z.string(),
      created: z.int(),
      lastSeen: z.int(),
      current: z.boolean(),
    }),
  ),
  codes: [],
  successMessage: 'Success',
  uses: { users: ['query'] },
  example: {
    data: [
      {
        id: SAMPLE_SESSION_ID,
        ip: '10.1.10.109',
        browser: 'Chrome 91.0.4472.114',
        os: 'Windows 10',
        created: 1624418959045,
        lastSeen: 1624419855823,
        current: true,
      },
    ],
  },
});
