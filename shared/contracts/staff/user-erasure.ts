import * as z from 'zod/mini';
import { staffCodes } from '../codes/staff.ts';
import { defineEndpoint } from '../endpoint.ts';
import { erasureObstacle, RETENTION, RETENTION_CATEGORIES } from '../retention.ts';
import { reason, SAMPLE_USER, userParams } from './fields.ts';

const time = z.nullable(z.int());

/**
 * What becomes of a kind of data: `erased` tells when it goes, `until` that as epoch milliseconds where it is a day, `done`
 * that it is gone.
 */
const erasureLine = z.object({
  category: z.enum(RETENTION_CATEGORIES),
  what: z.string(),
  where: z.string(),
  erased: z.enum(['at-once', 'when-due', 'by-itself', 'kept']),
  ground: z.string(),
  until: time,
  done: z.boolean(),
});

/**
 * - `refused` (of a dry run): the obstacles stand in the way;
 * - `possible` (of a dry run);
 * - `awaiting-approval`: until another of the staff orders the same before `approveUntil`;
 * - `begun`: what goes at once is being erased;
 * - `kept`: it is gone, and the rest goes at `keepUntil`.
 */
const erasureStatus = z.enum(['refused', 'possible', 'awaiting-approval', 'begun', 'kept']);

const erasure = z.object({
  status: erasureStatus,
  obstacles: z.array(erasureObstacle),
  approveUntil: time,
  /** When the account was closed, from which time is counted; null while it is open. */
  closedAt: time,
  keepUntil: time,
  lines: z.array(erasureLine),
});

export type Erasure = z.output<typeof erasure>;

const EXAMPLE_CLOSED = 1_795_402_038_881;
const EXAMPLE_UNTIL = 1_953_168_438_881;

export const staffUserErasure = defineEndpoint({
  id: 'admin.user-erasure',
  chapter: 'Staff API',
  method: 'POST',
  path: '/admin/v1/users/{username}/erasure',
  summary:
    'Erase what law allows of a user whose account is closed, and say what is kept, why and until when; takes the same call by two of the staff',
  auth: 'staff',
  apiKey: false,
  rate: 'staff',
  params: userParams,
  body: z.object({ reason, dryRun: z.optional(z.boolean()) }),
  data: erasure,
  ownCodes: staffCodes,
  codes: ['NOT_FOUND', 'ERASURE_REFUSED', 'UPDATE_FAILED'],
  successMessage: 'Success',
  uses: {
    users: ['get', 'put', 'update'],
    kyc: ['get'],
    ledger: ['get', 'query', 'put', 'delete', 'check'],
    audit: ['append'],
  },
  example: {
    params: SAMPLE_USER,
    body: { reason: 'Asked for in writing, letter of 3 November.' },
    data: {
      status: 'begun',
      obstacles: [],
      approveUntil: null,
      closedAt: EXAMPLE_CLOSED,
      keepUntil: EXAMPLE_UNTIL,
      lines: [{ category: 'identity', ...RETENTION.identity, until: EXAMPLE_UNTIL, done: false }],
    },
  },
});
