import * as z from 'zod/mini';
import { factorCodes } from '../../codes/factor.ts';
import { defineEndpoint } from '../../endpoint.ts';
import { authenticatorCode, totpKey } from '../../fields.ts';

export const bindAuthenticator = defineEndpoint({
  id: 'account.bind-authenticator',
  chapter: '4.8',
  method: 'POST',
  path: '/v1/user/bind_google_device_authenticator',
  summary: 'Bind the authenticator whose key was applied for',
  auth: 'session',
  apiKey: false,
  rate: 'query',
  readsFactor: true,
  body: z.object({ totpCode: authenticatorCode, totpKey }),
  data: z.literal('绑定成功'),
  ownCodes: factorCodes,
  codes: ['TWO_FACTOR_NOT_BOUND', 'ILLEGAL_STATE', 'TWO_FACTOR_WRONG', 'TWO_FACTOR_LOCKED'],
  successMessage: 'Success',
  uses: { users: ['put', 'update'], outbox: ['put'], secrets: { totp: ['decrypt'] } },
  example: { body: { totpCode: '168668', totpKey: 'IKIEJ74IDKOSJLNFIKIEJ74IDKOSJLNF' }, data: '绑定成功' },
});
