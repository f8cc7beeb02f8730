import * as z from 'zod/mini';
import { bankWithBranches } from '../bank-fields.ts';
import { defineEndpoint } from '../endpoint.ts';
import { reason } from './fields.ts';

/** Chosen by who imports: 128 random bits in hexadecimal. */
export const importId = z.string().check(z.regex(/^[0-9a-f]{32}$/));

/** What one request takes: an item each, with two more in a transaction of 100, and well under its 4 MB. */
export const PART_LIMITS = { banks: 50, branches: 3000 } as const;

const banks = z.array(bankWithBranches).check(
  z.minLength(1),
  z.maxLength(PART_LIMITS.banks),
  z.refine((list) => new Set(list.map(({ code }) => code)).size === list.length),
  z.refine((list) => list.reduce((sum, { branches }) => sum + branches.length, 0) <= PART_LIMITS.branches),
);

export const staffBanksPart = defineEndpoint({
  id: 'admin.banks-part',
  chapter: 'Staff API',
  method: 'PUT',
  path: '/admin/v1/banks/imports/{importId}',
  summary: 'Store some banks with all their branches for an import, which nobody sees until it is made the current one',
  auth: 'staff',
  apiKey: false,
  rate: 'staff',
  params: z.object({ importId }),
  body: z.object({ banks, reason }),
  data: z.null(),
  codes: ['ILLEGAL_STATE'],
  successMessage: 'Success',
  uses: { kyc: ['put', 'update'], audit: ['append'] },
  example: {
    params: { importId: '0cc175b9c0f1b6a831c399e269772661' },
    body: {
      banks: [{ code: '005', name: '臺灣土地銀行', branches: [{ code: '0016', name: '基隆分行' }] }],
      reason: "The clearing house's file of June.",
    },
    data: null,
  },
});
