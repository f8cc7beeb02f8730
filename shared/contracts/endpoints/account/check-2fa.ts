import * as z from 'zod/mini';
import { factorCodes } from '../../codes/factor.ts';
import { defineEndpoint } from '../../endpoint.ts';
import { factorCode } from '../../fields.ts';

const TOKEN_UUID = '29aab9c0e5754bb5922fc37729bf8004';

export const check2fa = defineEndpoint({
  id: 'account.check-2fa',
  chapter: '4.11',
  method: 'POST',
  path: '/v1/user/check/2FA',
  summary: 'Complete a login with the second factor; the token is replaced',
  auth: 'pending',
  apiKey: false,
  rate: 'query',
  readsFactor: true,
  body: z.object({ totpCode: factorCode }),
  data: z.object({
    accountTokenInfo: z.null(),
    bandGoogle: z.boolean(),
    errorcode: z.null(),
    fiat: z.boolean(),
    isFiat: z.boolean(),
    key: z.null(),
    msg: z.null(),
    secretKey: z.null(),
    token: z.string(),
    tokenUuid: z.string(),
    userinfo: z.null(),
    value: z.null(),
  }),
  ownCodes: factorCodes,
  codes: ['SECOND_FACTOR_WRONG', 'TWO_FACTOR_LOCKED', 'TWO_FACTOR_NOT_BOUND', 'ILLEGAL_STATE', 'TOKEN_EXPIRED'],
  successMessage: null,
  issuesToken: true,
  counts: {
    SUCCESS: 'SecondFactorsPassed',
    SECOND_FACTOR_WRONG: 'SecondFactorsFailed',
    TWO_FACTOR_LOCKED: 'SecondFactorsFailed',
  },
  uses: {
    users: ['get', 'put', 'update', 'delete'],
    ephemeral: ['update'],
    outbox: ['put'],
    secrets: { totp: ['decrypt'] },
  },
  example: {
    body: { totpCode: '168668' },
    data: {
      accountTokenInfo: null,
      bandGoogle: false,
      errorcode: null,
      fiat: false,
      isFiat: false,
      key: null,
      msg: null,
      secretKey: null,
      token: `USER_TOKEN_LOGIN_9f8785c7f9b578bec2c09e616568d270_${TOKEN_UUID}`,
      tokenUuid: TOKEN_UUID,
      userinfo: null,
      value: null,
    },
  },
});
