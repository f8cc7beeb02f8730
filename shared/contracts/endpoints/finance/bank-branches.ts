import * as z from 'zod/mini';
import { bankCode } from '../../bank-fields.ts';
import { defineEndpoint } from '../../endpoint.ts';

export const bankBranches = defineEndpoint({
  id: 'finance.bank-branches',
  chapter: '9.19',
  method: 'GET',
  path: '/v1/finance/bank_branches',
  summary: 'List the branches of a bank by code; none where none have been imported',
  auth: 'session',
  apiKey: false,
  rate: 'query',
  query: z.object({ code: bankCode }),
  data: z.array(z.object({ code: z.string(), name: z.string() })),
  codes: ['INVALID_PARAMETER'],
  successMessage: 'Success',
  uses: { kyc: ['get'] },
  example: {
    query: { code: '005' },
    data: [{ code: '0016', name: '基隆分行' }],
  },
});
