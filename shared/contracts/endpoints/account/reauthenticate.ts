import * as z from 'zod/mini';
import { factorCodes } from '../../codes/factor.ts';
import { defineEndpoint } from '../../endpoint.ts';
import { factorCode } from '../../fields.ts';

export const reauthenticate = defineEndpoint({
  id: 'account.reauthenticate',
  chapter: '4.10',
  method: 'POST',
  path: '/v1/user/reauthenticate_with_credential',
  summary: 'Give the second factor again; the session counts as re-authenticated for 5 minutes',
  auth: 'session',
  apiKey: false,
  rate: 'query',
  readsFactor: true,
  body: z.object({ totpCode: factorCode }),
  data: z.literal('认证成功'),
  ownCodes: factorCodes,
  codes: ['TWO_FACTOR_NOT_BOUND', 'TWO_FACTOR_WRONG', 'TWO_FACTOR_LOCKED', 'TOKEN_EXPIRED'],
  successMessage: 'Success',
  uses: { users: ['update'], outbox: ['put'], secrets: { totp: ['decrypt'] } },
  example: { body: { totpCode: '168668' }, data: '认证成功' },
});
