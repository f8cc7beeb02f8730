import * as z from 'zod';
import { defineEndpoint } from '../endpoint.ts';
import {
  captchaField,
  captchaId,
  emailAddress,
  language,
  loginName,
  passwordDigest,
  phoneField,
  userStatus,
  username,
  verificationCode,
} from '../fields.ts';

const wrongTime = z.object({ wrongTime: z.int().min(1) });

const EMPTY_LOGIN_NAME = { literal: '[empty loginName]' } as const;

export const captchaImage = defineEndpoint({
  id: 'auth.captcha-image',
  chapter: '3.1',
  method: 'GET',
  path: '/v1/captcha/image',
  summary: 'Get a captcha picture, valid for 5 minutes and one use',
  auth: 'none',
  apiKey: false,
  rate: 'address',
  data: z.object({ img: z.base64(), captchaId }),
  codes: [],
  successMessage: 'Success',
  uses: { ephemeral: ['put'] },
  example: { data: { img: '/9j/4AAQSkZJRgABAgAAAQAB', captchaId: '8954095715907911473' } },
});

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
    lang: language.optional(),
  }),
  data: z.null(),
  codes: ['CAPTCHA_WRONG', 'USERNAME_TAKEN', 'EMAIL_TAKEN'],
  successMessage: 'Success',
  uses: { users: ['put'], ephemeral: ['put', 'update', 'delete'], mail: 'send' },
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
    captchaId: captchaField.optional(),
    captchaNumber: captchaField.optional(),
    lang: language.optional(),
  }),
  data: z.object({ email: z.string(), username: z.string(), userStatus, is2FA: z.boolean(), isKyc: z.boolean() }),
  codes: ['WRONG_CREDENTIALS', 'CAPTCHA_WRONG', 'USER_EMPTY', 'RATE_LIMITED', 'ACCOUNT_BLOCKED'],
  errorData: { WRONG_CREDENTIALS: wrongTime, CAPTCHA_WRONG: wrongTime, USER_EMPTY: wrongTime },
  emptyFields: { loginName: { code: 'USER_EMPTY', data: { wrongTime: 1 } } },
  successMessage: null,
  issuesToken: true,
  uses: { users: ['get', 'put', 'update'], ephemeral: ['get', 'update', 'delete'] },
  example: {
    body: {
      loginName: 'test014',
      password: '22c5c8d254e101d1ecc41a400d1ecdc21eb49aae5fff472549d389febd5e1455',
    },
    data: { email: 'gerry014@nogle.com', username: 'gerry014', userStatus: 1, is2FA: true, isKyc: true },
  },
});

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
    mobilePhone: phoneField.optional(),
    captchaId: captchaField.optional(),
    captchaNumber: captchaField.optional(),
    lang: language.optional(),
  }),
  data: z.union([z.object({ email: z.string() }), z.object({ mobilePhone: z.string() })]),
  codes: [
    'USER_NOT_FOUND',
    'CAPTCHA_WRONG',
    'MAIL_NOT_SENT',
    'SMS_NOT_SENT',
    'PHONE_INVALID',
    'TOKEN_EXPIRED',
    'RATE_LIMITED',
  ],
  emptyFields: { loginName: EMPTY_LOGIN_NAME },
  successMessage: null,
  uses: { users: ['get'], ephemeral: ['get', 'put', 'update', 'delete'], mail: 'send', sms: 'send' },
  example: { body: { loginName: 'peter0105' }, data: { email: '123@223.323' } },
});

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
  codes: ['EMAIL_CODE_WRONG'],
  emptyFields: { loginName: EMPTY_LOGIN_NAME },
  successMessage: 'Success',
  uses: { users: ['get', 'update'], ephemeral: ['update'] },
  example: { body: { loginName: 'peter0105', code: '123456' }, data: null },
});

export const logout = defineEndpoint({
  id: 'auth.logout',
  chapter: '3.6',
  method: 'POST',
  path: '/v1/logout',
  summary: 'End the session',
  auth: 'pending',
  apiKey: false,
  rate: 'query',
  data: z.null(),
  codes: [],
  successMessage: 'Logout',
  clearsToken: true,
  uses: { users: ['put', 'delete'] },
  example: { data: null },
});
