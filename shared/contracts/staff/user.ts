import * as z from 'zod/mini';
import { defineEndpoint } from '../endpoint.ts';
import { ExactNumber, exactNumber } from '../exact-number.ts';
import { kycLevel, operationCode, userStatus } from '../states.ts';
import { SAMPLE_USER, userParams } from './fields.ts';

export const staffUser = defineEndpoint({
  id: 'admin.user',
  chapter: 'Staff API',
  method: 'GET',
  path: '/admin/v1/users/{username}',
  summary: 'Get a user by username or e-mail address, with the newest entries of the log',
  auth: 'staff',
  apiKey: false,
  rate: 'staff',
  params: userParams,
  data: z.object({
    userId: z.string(),
    username: z.string(),
    email: z.string(),
    userStatus,
    kycLevel,
    is2FA: z.boolean(),
    isVIP: z.boolean(),
    spread: z.nullable(exactNumber),
    created: z.int(),
    holdUntil: z.nullable(z.int()),
    sessions: z.int().check(z.minimum(0)),
    log: z.array(
      z.object({
        operationCode,
        logTime: z.int(),
        ip: z.string(),
        area: z.string(),
        browser: z.string(),
        os: z.string(),
      }),
    ),
  }),
  codes: ['NOT_FOUND'],
  successMessage: 'Success',
  uses: { users: ['get', 'query'], audit: ['append'] },
  example: {
    params: SAMPLE_USER,
    data: {
      userId: '5d41402abc4b2a76b9719d911017c592',
      username: 'peter0105',
      email: 'peter0105@example.com',
      userStatus: 1,
      kycLevel: 3,
      is2FA: true,
      isVIP: true,
      spread: new ExactNumber('0.1'),
      created: 1624415325469,
      holdUntil: null,
      sessions: 2,
      log: [
        {
          operationCode: 1001,
          logTime: 1624419855823,
          ip: '10.1.10.109',
          area: '-',
          browser: 'Chrome 91.0.4472.114',
          os: 'Windows 10',
        },
      ],
    },
  },
});
