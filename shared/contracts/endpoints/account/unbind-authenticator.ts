import * as z from 'zod/mini';
import { factorCodes } from '../../codes/factor.ts';
import { defineEndpoint } from '../../endpoint.ts';
import { factorCode } from '../../fields.ts';

export const unbindAuthenticator = defineEndpoint({
  id: 'account.unbind-authenticator',
  chapter: '4.9',
  method: 'POST',
  path: '/v1/user/unbind_google_device_authenticator',
  summary: 'Unbind the authenticator; every other session ends and outgoing money is held for 24 hours',
  auth: 'session',
  apiKey: false,
  rate: 'query',
  readsFactor: true,
  body: z.object({ totpCode: factorCode }),
  data: z.literal('解绑成功'),
  ownCodes: factorCodes,
  codes: ['TWO_FACTOR_NOT_BOUND', 'TWO_FACTOR_WRONG', 'TWO_FACTOR_LOCKED', 'UPDATE_FAILED'],
  successMessage: 'Success',
  uses: { users: ['put', 'update'], outbox: ['put'], secrets: { totp: ['decrypt'] } },
  example: { body: { totpCode: '168668' }, data: '解绑成功' },
});
