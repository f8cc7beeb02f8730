import * as z from 'zod/mini';
import { defineEndpoint } from '../endpoint.ts';
import { importId } from './banks-part.ts';
import { reason } from './fields.ts';

const bank = z.object({ code: z.string(), name: z.string() });
const renamedBank = z.object({ code: z.string(), from: z.string(), to: z.string() });

/** Bank and branch by their codes. */
const branch = z.object({ bank: z.string(), code: z.string(), name: z.string() });
const renamedBranch = z.object({ bank: z.string(), code: z.string(), from: z.string(), to: z.string() });

/** How many an import may hold: the codes of three digits, and three times the branches that there are. */
const counts = {
  banks: z.int().check(z.minimum(1), z.maximum(1000)),
  branches: z.int().check(z.minimum(0), z.maximum(20_000)),
};

export const staffBanks = defineEndpoint({
  id: 'admin.banks',
  chapter: 'Staff API',
  method: 'PUT',
  path: '/admin/v1/banks',
  summary:
    'Make an import the current list of banks and branches, when it holds as many as were sent; tells what changed',
  auth: 'staff',
  apiKey: false,
  rate: 'staff',
  body: z.object({ importId, ...counts, reason }),
  data: z.object({
    banks: z.object({ added: z.array(bank), renamed: z.array(renamedBank), removed: z.array(bank) }),
    branches: z.object({ added: z.array(branch), renamed: z.array(renamedBranch), removed: z.array(branch) }),
  }),
  codes: ['ILLEGAL_STATE', 'UPDATE_FAILED'],
  successMessage: 'Success',
  uses: { kyc: ['get', 'query', 'put', 'update', 'delete'], audit: ['append'] },
  example: {
    body: {
      importId: '0cc175b9c0f1b6a831c399e269772661',
      banks: 1,
      branches: 1,
      reason: "The clearing house's file of June.",
    },
    data: {
      banks: { added: [], renamed: [], removed: [] },
      branches: { added: [{ bank: '005', code: '0016', name: '基隆分行' }], renamed: [], removed: [] },
    },
  },
});
