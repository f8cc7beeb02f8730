import * as z from 'zod/mini';
import { credentialCodes } from '../../codes/credentials.ts';
import { defineEndpoint } from '../../endpoint.ts';
import { loginName, passwordDigest, verificationCode } from '../../fields.ts';
import { nestedSuccess, SAMPLE_NESTED_SUCCESS } from './nested-success.ts';

export const forgetPassword = defineEndpoint({
  id: 'account.forget-password',
  chapter: '4.5',
  method: 'POST',
  path: '/v1/user/forget_password',
  summary: 'Set a new password with a code sent to the e-mail address',
  auth: 'none',
  apiKey: false,
  rate: 'address',
  body: z.object({ username: loginName, codeEmail: verificationCode, newPassword: passwordDigest }),
  data: nestedSuccess,
  ownCodes: credentialCodes,
  codes: ['INVALID_PARAMETER', 'VERIFICATION_CODE_WRONG', 'UPDATE_FAILED'],
  successMessage: 'Success',
  uses: { users: ['get', 'put', 'update'], ephemeral: ['update'], outbox: ['put'] },
  example: {
    body: {
      username: 'chiakai5',
      codeEmail: '168668',
      newPassword: '22c5c8d254e101d1ecc41a400d1ecdc21eb49aae5fff472549d389febd5e1455',
    },
    data: SAMPLE_NESTED_SUCCESS,
  },
});
