import * as z from 'zod/mini';
import { defineEndpoint } from '../../endpoint.ts';

export const loginStatus = defineEndpoint({
  id: 'account.login-status',
  chapter: '4.1',
  method: 'GET',
  path: '/v1/login_status',
  summary: 'Tell whether the caller is logged in',
  auth: 'optional',
  apiKey: false,
  rate: 'public',
  data: z.object({ isLogin: z.boolean() }),
  codes: [],
  successMessage: 'Success',
  uses: {},
  example: { data: { isLogin: false } },
});
