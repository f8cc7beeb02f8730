import * as z from 'zod/mini';
import { defineEndpoint } from '../../endpoint.ts';
import { kycLevel, userStatus } from '../../states.ts';

export const user = defineEndpoint({
  id: 'account.user',
  chapter: '4.2',
  method: 'GET',
  path: '/v1/user',
  summary: 'Get the user: 2FA, KYC level and permissions',
  auth: 'session',
  apiKey: 'read',
  rate: 'query',
  data: z.object({
    username: z.string(),
    email: z.string(),
    is2FA: z.boolean(),
    isKyc: z.boolean(),
    userStatus,
    kycLevel,
    allowCryptoDeposit: z.boolean(),
    allowCryptoWithdrawal: z.boolean(),
    allowFiatDeposit: z.boolean(),
    allowFiatWithdrawal: z.boolean(),
    allowTrade: z.boolean(),
    allowTransfer: z.boolean(),
  }),
  codes: [],
  successMessage: 'Success',
  uses: {},
  example: {
    data: {
      username: 'chiakai5',
      email: 'chiakai.chenggga@nogle.com',
      is2FA: true,
      isKyc: true,
      userStatus: 1,
      kycLevel: 3,
      allowCryptoDeposit: true,
      allowCryptoWithdrawal: true,
      allowFiatDeposit: true,
      allowFiatWithdrawal: true,
      allowTrade: true,
      allowTransfer: true,
    },
  },
});
