import * as z from 'zod/mini';
import { text } from '../codes/text.ts';
import { defineEndpoint } from '../endpoint.ts';
import { fieldRules } from '../field-rules.ts';
import { loginName } from '../fields.ts';
import { auditRecord } from './audit-record.ts';

/** Where a page ended: the time of its last record and its id. */
const cursor = z.string().check(z.regex(/^\d{13}\.[0-9a-f]{32}$/));

const date = z.iso.date().register(fieldRules, {
  rule: text(
    '須為 UTC 日期 yyyy-MM-dd，且與 username 擇一',
    '须为 UTC 日期 yyyy-MM-dd，且与 username 择一',
    'send a day of UTC, yyyy-MM-dd, or username, and not both',
  ),
});

const pageLimit = z.prefault(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100)), 20);

export const staffAudit = defineEndpoint({
  id: 'admin.audit',
  chapter: 'Staff API',
  method: 'GET',
  path: '/admin/v1/audit',
  summary: 'Read what staff did on a day (UTC) or to a user, newest first; go on with the cursor in `next`',
  auth: 'staff',
  apiKey: false,
  rate: 'staff',
  query: z
    .object({
      date: z.optional(date),
      username: z.optional(loginName),
      limit: pageLimit,
      before: z.optional(cursor),
    })
    .check(z.refine((query) => (query.date === undefined) !== (query.username === undefined), { path: ['date'] })),
  data: z.object({ records: z.array(auditRecord), next: z.nullable(cursor) }),
  codes: ['NOT_FOUND'],
  successMessage: 'Success',
  uses: { users: ['get'], audit: ['query', 'append'] },
  example: {
    query: { username: 'peter0105', limit: 1 },
    data: {
      records: [
        {
          id: '0cc175b9c0f1b6a831c399e269772661',
          at: 1624419855823,
          actor: 'arn:aws:sts::111122223333:assumed-role/support/jo.lin',
          action: 'user.status',
          target: { userId: '5d41402abc4b2a76b9719d911017c592', username: 'peter0105' },
          reason: 'The owner reported a theft.',
          before: { userStatus: 1 },
          after: { userStatus: 7 },
          requestId: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
        },
      ],
      next: '1624419855823.0cc175b9c0f1b6a831c399e269772661',
    },
  },
});
