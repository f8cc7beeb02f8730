import * as z from 'zod/mini';
import { credentialCodes } from '../../codes/credentials.ts';
import { defineEndpoint } from '../../endpoint.ts';
import { captchaField, language, loginName, passwordDigest } from '../../fields.ts';
import { userStatus } from '../../states.ts';

const wrongTime = z.object({ wrongTime: z.int().check(z.minimum(1)) });

export const login = defineEndpoint({
  id: 'auth.login',
  chapter: '3.3',
  method: 'POST',
  path: '/v1/login',
  summary: 'Log in by username or e-mail address',
  auth: 'none',
  apiKey: false,
  rate: 'address',
  body: z.object({
    loginName,
    password: passwordDigest,
    captchaId: z.optional(captchaField),
    captchaNumber: z.optional(captchaField),
    lang: z.optional(language),
  }),
  data: z.object({ email: z.string(), username: z.string(), userStatus, is2FA: z.boolean(), isKyc: z.boolean() }),
  ownCodes: credentialCodes,
  codes: ['WRONG_CREDENTIALS', 'CAPTCHA_WRONG', 'USER_EMPTY', 'RATE_LIMITED', 'ACCOUNT_BLOCKED'],
  errorData: { WRONG_CREDENTIALS: wrongTime, CAPTCHA_WRONG: wrongTime, USER_EMPTY: wrongTime },
  emptyFields: { loginName: { code: 'USER_EMPTY', data: { wrongTime: 1 } } },
  successMessage: null,
  issuesToken: true,
  counts: {
    SUCCESS: 'LoginsSucceeded',
    WRONG_CREDENTIALS: 'LoginsFailed',
    CAPTCHA_WRONG: 'LoginsRefused',
    RATE_LIMITED: 'LoginsRefused',
    ACCOUNT_BLOCKED: 'LoginsRefused',
  },
  uses: { users: ['get', 'put', 'update'], ephemeral: ['get', 'update', 'delete'], outbox: ['put'] },
  example: {
    body: {
      loginName: 'test014',
      password: '22c5c8d254e101d1ecc41a400d1ecdc21eb49aae5fff472549d389febd5e1455',
    },
    data: { email: 'gerry014@nogle.com', username: 'gerry014', userStatus: 1, is2FA: true, isKyc: true },
  },
});
