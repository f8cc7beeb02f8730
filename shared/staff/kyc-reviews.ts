import * as z from 'zod/mini';
import type { QueryOf } from '../contracts/endpoint.ts';
import type { staffKycReviews } from '../contracts/staff/kyc-reviews.ts';
import { type Review, reviewKey, reviewPartition } from '../kyc/review-queue.ts';
import type { Platform, TableWith } from '../platform/platform.ts';
import { auditLook } from './audit.ts';
import type { StaffCaller } from './staff-caller.ts';

type Query = QueryOf<typeof staffKycReviews>;

const LEVELS: readonly Review['level'][] = [2, 3];

const waiting = z.object({
  sk: z.string(),
  userId: z.string(),
  username: z.string(),
  level: z.literal([2, 3]),
  requestedAt: z.int(),
});

/** Where the sort keys of a queue begin and end: they are digits at first. */
const FIRST = '0';
const LAST = ':';

const readQueue = async (
  table: TableWith<'query'>,
  level: Review['level'],
  { after, limit }: { readonly after: string | undefined; readonly limit: number },
) => {
  const items = await table.query({
    partition: reviewPartition(level),
    sortPrefix: FIRST,
    ...(after !== undefined && { sortFrom: after }),
    sortTo: LAST,
    // One for the application at the cursor itself, one to know whether there are more.
    limit: limit + 2,
  });
  return z.array(waiting).parse(items.filter(({ sk }) => sk !== after));
};

const bySortKey = (left: { readonly sk: string }, right: { readonly sk: string }): number =>
  left.sk < right.sk ? -1 : 1;

/** A page of the applications under review, oldest first. That they looked is recorded first. */
export const viewReviews = async (
  platform: Platform<(typeof staffKycReviews)['uses']>,
  staff: StaffCaller,
  { level, limit, after }: Pick<Query, 'level' | 'limit' | 'after'>,
) => {
  const levels = level === undefined ? LEVELS : [level];
  const from = after?.replace('.', '#');
  const queues = await Promise.all(levels.map((one) => readQueue(platform.tables.kyc, one, { after: from, limit })));
  const found = queues.flat().toSorted(bySortKey);
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  await auditLook(platform, staff, { action: 'kyc.reviews' });
  return {
    ok: true,
    data: {
      reviews: shown.map(({ username, level: of, requestedAt }) => ({ username, level: of, requestedAt })),
      next: last && found.length > limit ? reviewKey(last).sk.replace('#', '.') : null,
    },
  } as const;
};
