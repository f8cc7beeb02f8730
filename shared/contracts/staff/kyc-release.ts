import * as z from 'zod/mini';
import { phoneCodes } from '../codes/phone.ts';
import { text } from '../codes/text.ts';
import { defineEndpoint } from '../endpoint.ts';
import { fieldRules } from '../field-rules.ts';
import { phoneField } from '../fields.ts';
import { reason, SAMPLE_USER, userParams } from './fields.ts';

/** Any short text: what is no number of the user's is not the user's. */
const identityNumber = z
  .optional(
    z.string().check(
      z.trim(),
      z.minLength(1),
      z.maxLength(32),
      z.refine((value) => value.isWellFormed()),
    ),
  )
  .register(fieldRules, {
    rule: text(
      'identityNumber 與 mobilePhone 須擇一填寫',
      'identityNumber 与 mobilePhone 须择一填写',
      'send identityNumber or mobilePhone, and not both',
    ),
  });

export const staffKycRelease = defineEndpoint({
  id: 'admin.kyc-release',
  chapter: 'Staff API',
  method: 'POST',
  path: '/admin/v1/kyc/users/{username}/release',
  summary: 'Free the identity number or phone of a user for another one, and reopen level 1 of the user who had it',
  auth: 'staff',
  apiKey: false,
  rate: 'staff',
  params: userParams,
  body: z.object({ identityNumber, mobilePhone: z.optional(phoneField), reason }).check(
    z.refine((body) => (body.identityNumber === undefined) !== (body.mobilePhone === undefined), {
      path: ['identityNumber'],
    }),
  ),
  data: z.null(),
  ownCodes: phoneCodes,
  codes: ['NOT_FOUND', 'INVALID_PARAMETER', 'PHONE_INVALID', 'ILLEGAL_STATE', 'UPDATE_FAILED'],
  successMessage: 'Success',
  uses: {
    users: ['get', 'update'],
    kyc: ['get', 'update', 'delete'],
    fingerprints: { identityNumber: ['mac'], mobilePhone: ['mac'] },
    audit: ['append'],
    outbox: ['put'],
  },
  example: {
    params: SAMPLE_USER,
    body: { identityNumber: 'A123456789', reason: 'It belongs to somebody else, checked at the counter.' },
    data: null,
  },
});
