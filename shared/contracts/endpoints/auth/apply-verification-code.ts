import * as z from 'zod/mini';
import { credentialCodes } from '../../codes/credentials.ts';
import { phoneCodes } from '../../codes/phone.ts';
import { defineEndpoint } from '../../endpoint.ts';
import { captchaField, EMPTY_LOGIN_NAME, language, loginName, phoneField } from '../../fields.ts';
import { textLimits } from '../../settings/text-limits.ts';

export const applyVerificationCode = defineEndpoint({
  id: 'auth.apply-verification-code',
  chapter: '3.4',
  method: 'POST',
  path: '/v1/apply_verification_code',
  summary: 'Send a 6-digit verification code by e-mail, or by text message where mobilePhone is given',
  auth: 'optional',
  apiKey: false,
  rate: 'address',
  body: z.object({
    loginName,
    mobilePhone: z.optional(phoneField),
    captchaId: z.optional(captchaField),
    captchaNumber: z.optional(captchaField),
    lang: z.optional(language),
  }),
  data: z.union([z.object({ email: z.string() }), z.object({ mobilePhone: z.string() })]),
  ownCodes: { ...credentialCodes, ...phoneCodes },
  codes: [
    'USER_NOT_FOUND',
    'CAPTCHA_WRONG',
    'MAIL_NOT_SENT',
    'SMS_NOT_SENT',
    'PHONE_INVALID',
    'TOKEN_EXPIRED',
    'RATE_LIMITED',
    'TEXTS_TO_NUMBER',
    'TEXTS_FROM_ADDRESS',
    'TEXTS_EXHAUSTED',
  ],
  counts: { TEXTS_EXHAUSTED: 'TextsExhausted' },
  emptyFields: { loginName: EMPTY_LOGIN_NAME },
  successMessage: null,
  uses: {
    users: ['get'],
    ephemeral: ['get', 'put', 'update', 'delete'],
    mail: 'send',
    sms: 'send',
    settings: [textLimits],
  },
  example: { body: { loginName: 'peter0105' }, data: { email: '123@223.323' } },
});
