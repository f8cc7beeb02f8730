import * as z from 'zod/mini';
import { ASSETS } from '../../assets.ts';
import { defineEndpoint } from '../../endpoint.ts';

export const bankAccounts = defineEndpoint({
  id: 'account.bank-accounts',
  chapter: '4.4',
  method: 'POST',
  path: '/v1/user/bank_accounts',
  summary: "List the user's bank accounts that staff have accepted (KYC level 3)",
  auth: 'session',
  apiKey: 'read',
  rate: 'query',
  body: z.object({ currency: z.optional(z.enum(Object.keys(ASSETS))) }),
  data: z.array(
    z.object({
      id: z.int(),
      /** Bank name, U+3000, branch name. */
      name: z.string(),
      code: z.string(),
      account: z.string(),
      accountHolder: z.string(),
      swiftCode: z.string(),
    }),
  ),
  codes: [],
  successMessage: 'Success',
  uses: { kyc: ['query'], secrets: { bankAccount: ['decrypt'] } },
  example: {
    body: { currency: 'TWD' },
    data: [
      {
        id: 1135,
        name: '臺灣土地銀行　基隆分行',
        code: '005',
        account: '60090100005777',
        accountHolder: 'XXX',
        swiftCode: '',
      },
    ],
  },
});
