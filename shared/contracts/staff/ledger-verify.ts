import * as z from 'zod/mini';
import { ASSETS } from '../assets.ts';
import { defineEndpoint } from '../endpoint.ts';
import { LEDGER_CHECKED, LEDGER_PROBLEM_KINDS } from '../ledger-problems.ts';

/** Where a part of a pass ended, as it was given: base64url. */
const cursor = z.string().check(z.regex(/^[\w-]{1,6000}$/));

const count = z.int().check(z.nonnegative());

/** Plain decimals as text: totals can have more digits than a number of JSON keeps on its way. */
const sum = z.object({ users: z.string(), house: z.string() });

const NOTHING = { users: '0', house: '0' };

export const staffLedgerVerify = defineEndpoint({
  id: 'admin.ledger-verify',
  chapter: 'Staff API',
  method: 'GET',
  path: '/admin/v1/ledger/verify',
  summary:
    'Prove a part of the ledger while it is in use: movements sum to zero, balances equal their entries, no transfer is half done; go on with the cursor in `next` until it is null',
  auth: 'staff',
  apiKey: false,
  rate: 'staff',
  query: z.object({ cursor: z.optional(cursor) }),
  data: z.object({
    /** What was looked at in this part. */
    checked: z.object(Object.fromEntries(LEDGER_CHECKED.map((name) => [name, count]))),
    /** `where` is the key of the item that it was found at. */
    problems: z.array(z.object({ kind: z.enum(LEDGER_PROBLEM_KINDS), where: z.string(), detail: z.string() })),
    /** What users have and the house's entries come to, as far as this part saw them. */
    sums: z.object(Object.fromEntries(Object.keys(ASSETS).map((asset) => [asset, sum]))),
    next: z.nullable(cursor),
  }),
  codes: ['INVALID_PARAMETER'],
  successMessage: 'Success',
  uses: { ledger: ['scan', 'query', 'get', 'batchGet'], audit: ['append'] },
  example: {
    query: {},
    data: {
      checked: {
        items: 1240,
        accounts: 64,
        entries: 520,
        journals: 260,
        transfers: 110,
        expiries: 4,
        rows: 170,
        counts: 40,
        unsettled: 0,
      },
      problems: [
        {
          kind: 'balance-differs',
          where: 'USER#5d41402abc4b2a76b9719d911017c592 / ACCOUNT#TWD#available',
          detail: '500 units over its entries; says 12 entries, and has 12',
        },
      ],
      sums: {
        TWD: { users: '1000000', house: '-1000000' },
        USDT: { users: '2500.5', house: '-2500.5' },
        BTC: NOTHING,
        ETH: NOTHING,
        USD: NOTHING,
      },
      next: null,
    },
  },
});
