import * as z from 'zod/mini';
import { text } from '../codes/text.ts';
import { defineEndpoint } from '../endpoint.ts';
import { KycStatus } from '../enums.ts';
import { fieldRules } from '../field-rules.ts';

/** The levels that staff review. */
export const reviewedLevel = z.literal([2, 3]);

/** Where a page ended: when its last application was made and by whom. */
const cursor = z.string().check(z.regex(/^\d{13}\.[0-9a-f]{32}$/));

const pageLimit = z.prefault(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100)), 20);

/** What waits is a queue; what was decided is found under its user. */
const waiting = z.coerce
  .number()
  .check(z.refine((status) => status === KycStatus.VERIFYING))
  .register(fieldRules, { rule: text('須為 2（審核中）', '须为 2（审核中）', 'send 2, under review') });

const level = z.optional(z.pipe(z.coerce.number(), reviewedLevel));

export const staffKycReviews = defineEndpoint({
  id: 'admin.kyc-reviews',
  chapter: 'Staff API',
  method: 'GET',
  path: '/admin/v1/kyc/reviews',
  summary: 'List the applications under review, of one level or of both, oldest first; go on with the cursor in `next`',
  auth: 'staff',
  apiKey: false,
  rate: 'staff',
  query: z.object({ status: waiting, level, limit: pageLimit, after: z.optional(cursor) }),
  data: z.object({
    reviews: z.array(z.object({ username: z.string(), level: reviewedLevel, requestedAt: z.int() })),
    next: z.nullable(cursor),
  }),
  codes: [],
  successMessage: 'Success',
  uses: { kyc: ['query'], audit: ['append'] },
  example: {
    query: { status: 2, level: 2, limit: 1 },
    data: {
      reviews: [{ username: 'peter0105', level: 2, requestedAt: 1624419855823 }],
      next: '1624419855823.5d41402abc4b2a76b9719d911017c592',
    },
  },
});
