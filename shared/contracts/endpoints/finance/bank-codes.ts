import * as z from 'zod/mini';
import { defineEndpoint } from '../../endpoint.ts';

export const bankCodes = defineEndpoint({
  id: 'finance.bank-codes',
  chapter: '9.18',
  method: 'GET',
  path: '/v1/finance/bank_codes',
  summary: 'List the banks of Taiwan by code',
  auth: 'session',
  apiKey: false,
  rate: 'query',
  data: z.array(z.object({ code: z.string(), name: z.string() })),
  codes: [],
  successMessage: 'Success',
  uses: { kyc: ['get'] },
  example: {
    data: [
      { code: '004', name: '臺灣銀行' },
      { code: '005', name: '臺灣土地銀行' },
    ],
  },
});
