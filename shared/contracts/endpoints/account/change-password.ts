import * as z from 'zod/mini';
import { credentialCodes } from '../../codes/credentials.ts';
import { defineEndpoint } from '../../endpoint.ts';
import { passwordDigest } from '../../fields.ts';
import { nestedSuccess, SAMPLE_NESTED_SUCCESS } from './nested-success.ts';

const SAMPLE_PASSWORD = '22c5c8d254e101d1ecc41a400d1ecdc21eb49aae5fff472549d389febd5e1455';

export const changePassword = defineEndpoint({
  id: 'account.change-password',
  chapter: '4.6',
  method: 'POST',
  path: '/v1/user/change_password',
  summary: 'Change the password; every other session ends. Five wrong old passwords in a row end this one too',
  auth: 'session',
  apiKey: false,
  rate: 'query',
  body: z.object({ oldPassword: passwordDigest, newPassword: passwordDigest }),
  data: nestedSuccess,
  ownCodes: credentialCodes,
  codes: ['INVALID_PARAMETER', 'WRONG_PASSWORD', 'TOKEN_EXPIRED', 'UPDATE_FAILED'],
  successMessage: 'Success',
  uses: { users: ['put', 'update', 'delete'], outbox: ['put'] },
  example: { body: { oldPassword: SAMPLE_PASSWORD, newPassword: SAMPLE_PASSWORD }, data: SAMPLE_NESTED_SUCCESS },
});
