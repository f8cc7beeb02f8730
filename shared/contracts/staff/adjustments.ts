import * as z from 'zod/mini';
import { staffCodes } from '../codes/staff.ts';
import { text } from '../codes/text.ts';
import { walletCodes } from '../codes/wallet.ts';
import { defineEndpoint } from '../endpoint.ts';
import { fieldRules } from '../field-rules.ts';
import { approvalThresholds } from '../settings/approval-thresholds.ts';
import { booking } from './booking.ts';
import { assetName, reason, SAMPLE_USER, userParams } from './fields.ts';

/** A decimal with or without a minus, as text, in one form: no zeros at either end, not nothing. */
const signedAmount = z
  .pipe(
    z.string().check(
      z.regex(/^-?(?:0|[1-9]\d{0,37})(?:\.\d{1,38})?$/),
      z.refine((value) => /[1-9]/.test(value)),
    ),
    z.transform((value: string) => (value.includes('.') ? value.replace(/\.?0+$/, '') : value)),
  )
  .register(fieldRules, {
    rule: text(
      '須為帶正負號的十進位字串，例如 "-12.5"，不可為零',
      '须为带正负号的十进制字符串，例如 "-12.5"，不可为零',
      'send a decimal as text, such as "12.5" or "-12.5", and not zero',
    ),
  });

/** Chosen by who adjusts: what is sent again under the same key is booked once. */
const idempotencyKey = z
  .string()
  .check(z.regex(/^[\x20-\x7e]{1,255}$/))
  .register(fieldRules, {
    rule: text('須為 1 至 255 個可列印字元', '须为 1 至 255 个可打印字符', 'send 1 to 255 printable characters'),
  });

export const staffAdjustment = defineEndpoint({
  id: 'admin.adjustments',
  chapter: 'Staff API',
  method: 'POST',
  path: '/admin/v1/users/{username}/adjustments',
  summary:
    'Add to what a user has or take from it, once a key; a large amount, or much in 24 hours, takes the same call by two of the staff',
  auth: 'staff',
  apiKey: false,
  rate: 'staff',
  params: userParams,
  body: z.object({ asset: assetName, amount: signedAmount, reason, idempotencyKey }),
  data: booking,
  ownCodes: { ...staffCodes, ...walletCodes },
  codes: [
    'NOT_FOUND',
    'ILLEGAL_STATE',
    'INVALID_PARAMETER',
    'INSUFFICIENT_BALANCE',
    'REFERENCE_REUSED',
    'UPDATE_FAILED',
  ],
  successMessage: 'Success',
  uses: {
    users: ['get'],
    ledger: ['get', 'batchGet', 'put', 'update', 'delete'],
    audit: ['append'],
    settings: [approvalThresholds],
  },
  example: {
    params: SAMPLE_USER,
    body: { asset: 'USDT', amount: '-12.5', reason: 'Credited twice on 23 June.', idempotencyKey: 'ticket-4711' },
    data: { status: 'booked', id: 409283746501632, approveUntil: null },
  },
});
