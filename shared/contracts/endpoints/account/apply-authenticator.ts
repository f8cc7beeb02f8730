import * as z from 'zod/mini';
import { defineEndpoint } from '../../endpoint.ts';

const SAMPLE_KEY = 'IKIEJ74IDKOSJLNFIKIEJ74IDKOSJLNF';

export const applyAuthenticator = defineEndpoint({
  id: 'account.apply-authenticator',
  chapter: '4.7',
  method: 'GET',
  path: '/v1/user/apply_google_device_authenticator',
  summary: 'Get a fresh key for an authenticator app; it is active once bound, within 10 minutes',
  auth: 'session',
  apiKey: false,
  rate: 'query',
  changesState: true,
  data: z.object({
    /** The URI that apps scan; misspelt as in the reference. */
    qecode: z.string(),
    code: z.literal(1),
    totpKey: z.string(),
  }),
  codes: ['ILLEGAL_STATE'],
  successMessage: 'Success',
  uses: { users: ['update'], secrets: { totp: ['encrypt'] } },
  example: {
    data: {
      qecode: `otpauth://totp/BITGIN:castiello520?issuer=BITGIN&secret=${SAMPLE_KEY}&algorithm=SHA1&digits=6&period=30`,
      code: 1,
      totpKey: SAMPLE_KEY,
    },
  },
});
