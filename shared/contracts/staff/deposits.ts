import * as z from 'zod/mini';
import { staffCodes } from '../codes/staff.ts';
import { text } from '../codes/text.ts';
import { defineEndpoint } from '../endpoint.ts';
import { fieldRules } from '../field-rules.ts';
import { loginName } from '../fields.ts';
import { moneyField } from '../money.ts';
import { approvalThresholds } from '../settings/approval-thresholds.ts';
import { booking } from './booking.ts';
import { assetName } from './fields.ts';

/** SHA-256 in hex, as every chain here names its transactions; in one form, since one transaction is one deposit. */
const txHash = z
  .string()
  .check(z.trim(), z.toLowerCase(), z.regex(/^(?:0x)?[0-9a-f]{64}$/))
  .register(fieldRules, {
    rule: text(
      '須為 64 位十六進位字元，且與 bankRef 擇一',
      '须为 64 位十六进制字符，且与 bankRef 择一',
      'send 64 hex digits, or bankRef, and not both',
    ),
  });

/** How a bank names a payment. */
const bankRef = z
  .string()
  .check(z.trim(), z.regex(/^[\x21-\x7e](?:[\x20-\x7e]{0,62}[\x21-\x7e])?$/))
  .register(fieldRules, {
    rule: text('須為 1 至 64 個可列印字元', '须为 1 至 64 个可打印字符', 'send 1 to 64 printable characters'),
  });

export const staffDeposit = defineEndpoint({
  id: 'admin.deposits',
  chapter: 'Staff API',
  method: 'POST',
  path: '/admin/v1/deposits',
  summary:
    'Credit what has arrived to a user, once a reference; a large amount, or much in 24 hours, takes the same call by two of the staff',
  auth: 'staff',
  apiKey: false,
  rate: 'staff',
  body: z
    .object({
      username: loginName,
      asset: assetName,
      amount: moneyField,
      txHash: z.optional(txHash),
      bankRef: z.optional(bankRef),
    })
    .check(z.refine((body) => (body.txHash === undefined) !== (body.bankRef === undefined), { path: ['txHash'] })),
  data: booking,
  ownCodes: staffCodes,
  codes: ['NOT_FOUND', 'ILLEGAL_STATE', 'INVALID_PARAMETER', 'REFERENCE_REUSED', 'UPDATE_FAILED'],
  successMessage: 'Success',
  uses: {
    users: ['get'],
    ledger: ['get', 'batchGet', 'put', 'update', 'delete'],
    audit: ['append'],
    outbox: ['put'],
    settings: [approvalThresholds],
  },
  example: {
    body: { username: 'peter0105', asset: 'TWD', amount: '50000', bankRef: '20210623-000123' },
    data: { status: 'booked', id: 409283746501632, approveUntil: null },
  },
});
