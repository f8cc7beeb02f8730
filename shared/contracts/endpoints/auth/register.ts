import * as z from 'zod/mini';
import { credentialCodes } from '../../codes/credentials.ts';
import { defineEndpoint } from '../../endpoint.ts';
import { captchaField, emailAddress, language, passwordDigest, username } from '../../fields.ts';

export const register = defineEndpoint({
  id: 'auth.register',
  chapter: '3.2',
  method: 'POST',
  path: '/v1/register',
  summary: 'Register a user; a verification code is mailed at once',
  auth: 'none',
  apiKey: false,
  rate: 'address',
  body: z.object({
    username,
    email: emailAddress,
    password: passwordDigest,
    captchaId: captchaField,
    captchaNumber: captchaField,
    lang: z.optional(language),
  }),
  data: z.null(),
  ownCodes: credentialCodes,
  codes: ['INVALID_PARAMETER', 'CAPTCHA_WRONG', 'USERNAME_TAKEN', 'EMAIL_TAKEN'],
  successMessage: 'Success',
  counts: { SUCCESS: 'Registrations' },
  uses: { users: ['put'], outbox: ['put'], ephemeral: ['delete'] },
  example: {
    body: {
      username: 'test123',
      email: 'test123@test.com',
      password: '22c5c8d254e101d1ecc41a400d1ecdc21eb49aae5fff472549d389febd5e1455',
      captchaId: '6284240789364782730',
      captchaNumber: '3UE8',
    },
    data: null,
  },
});
