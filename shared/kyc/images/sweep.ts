import type { documentSweeper } from '../../contracts/jobs.ts';
import { HOUR, SECOND } from '../../platform/clock.ts';
import type { JobReport } from '../../platform/job-handler.ts';
import { describeError } from '../../platform/logger.ts';
import type { Platform } from '../../platform/platform.ts';
import { forget, listUnreferenced, type Unreferenced } from './unreferenced-store.ts';

/** An upload that has not ended by then never will: Lambda ends a function after 28 s. */
const SURELY_OVER = HOUR;

/** Nothing new is begun after this: what was begun by then ends before the function's 28 s are over. */
const BUDGET = 12 * SECOND;

/** Objects deleted at once. */
const PAGE = 20;

/**
 * Deletes documents that no image refers to, as far as its time goes; the next sweep does the rest. The object goes
 * before its item, so that one that could not be deleted is tried again.
 */
export const sweepDocuments = async ({
  tables,
  buckets,
  clock,
  commit,
  log,
}: Platform<(typeof documentSweeper)['uses']>): Promise<JobReport> => {
  const startedAt = clock.now();
  const counts = { deleted: 0, failed: 0 };

  const sweep = async (object: Unreferenced): Promise<void> => {
    try {
      await buckets.documents.delete(object.objectKey);
      await commit([forget(tables.kyc, object)]);
      counts.deleted += 1;
    } catch (error) {
      counts.failed += 1;
      log('OBJECT_LEFT', { ...describeError(error), objectKey: object.objectKey });
    }
  };

  let after: Unreferenced | undefined;
  while (clock.now() - startedAt <= BUDGET) {
    const page = await listUnreferenced(tables.kyc, startedAt - SURELY_OVER, { after, limit: PAGE });
    await Promise.all(page.map(sweep));
    after = page.at(-1);
    if (page.length < PAGE) break;
  }
  return counts;
};
