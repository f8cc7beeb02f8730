import * as z from 'zod/mini';
import { credentialCodes } from '../../codes/credentials.ts';
import { defineEndpoint } from '../../endpoint.ts';
import { EMPTY_LOGIN_NAME, loginName, verificationCode } from '../../fields.ts';

export const verify = defineEndpoint({
  id: 'auth.verify',
  chapter: '3.5',
  method: 'POST',
  path: '/v1/verify',
  summary: 'Activate a registration with the code from the e-mail',
  auth: 'none',
  apiKey: false,
  rate: 'address',
  body: z.object({ loginName, code: verificationCode }),
  data: z.null(),
  ownCodes: credentialCodes,
  codes: ['EMAIL_CODE_WRONG'],
  emptyFields: { loginName: EMPTY_LOGIN_NAME },
  successMessage: 'Success',
  uses: { users: ['get', 'update'], ephemeral: ['update'] },
  example: { body: { loginName: 'peter0105', code: '123456' }, data: null },
});
