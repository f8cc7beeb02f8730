import * as z from 'zod/mini';
import { bankCode, branchCode } from '../../bank-fields.ts';
import { kycCodes } from '../../codes/kyc.ts';
import { text } from '../../codes/text.ts';
import { defineEndpoint } from '../../endpoint.ts';
import { fieldRules } from '../../field-rules.ts';
import { fileField } from '../../file-field.ts';
import { documentScanner } from '../../settings/document-scanner.ts';
import { DOCUMENT_MEMORY_MB } from './image-data.ts';

const account = z
  .string()
  .check(z.trim(), z.regex(/^\d{6,16}$/))
  .register(fieldRules, { rule: text('須為 6 至 16 位數字', '须为 6 至 16 位数字', 'send 6 to 16 digits') });

export const applyLevel3 = defineEndpoint({
  id: 'kyc.apply-level-3',
  chapter: '5.6',
  method: 'POST',
  path: '/v1/kyc/apply_level_3',
  summary: 'Apply for level 3 with a bank account and its proof, or to change the account',
  auth: 'session',
  apiKey: false,
  rate: 'query',
  bodyType: 'multipart',
  /** Without a file, the proof that was uploaded before counts: one of over 4.4 MB comes by image/upload_url only. */
  body: z.object({ code: bankCode, branch: branchCode, account, file: z.optional(fileField) }),
  wrongFields: { code: 'BANK_ACCOUNT_MISSING', branch: 'BANK_ACCOUNT_MISSING', file: 'INVALID_FILE' },
  emptyFields: { account: { literal: 'Missing bank account.' } },
  data: z.null(),
  ownCodes: kycCodes,
  codes: ['BANK_ACCOUNT_MISSING', 'IMAGE_MISSING', 'INVALID_FILE', 'ILLEGAL_STATE', 'UPDATE_FAILED', 'KYC_STALE'],
  successMessage: 'Success',
  counts: { SUCCESS: 'KycLevel3Applied' },
  uses: {
    kyc: ['get', 'batchGet', 'put', 'update', 'check', 'delete'],
    secrets: { bankAccount: ['encrypt'] },
    buckets: { documents: ['put'] },
    settings: [documentScanner],
  },
  memoryMb: DOCUMENT_MEMORY_MB,
  native: ['sharp'],
  example: {
    body: { code: '005', branch: '0061', account: '60090100005777', file: 'the bytes of the file' },
    data: null,
  },
});
