import * as z from 'zod';
import type { Invocation } from '../workers/lambda-worker.ts';
import type { StreamRecord } from './record.ts';

const failures = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish() });

const parseJson = (payload: string): unknown => JSON.parse(payload);

/**
 * The index of the first record that failed, undefined when none did, by "Partial batch responses" of Lambda's guide:
 * an empty report is a success, one that is malformed or names no record of the batch fails the whole batch.
 */
export const firstFailure = (
  invocation: Invocation,
  records: readonly StreamRecord[],
  reportsItemFailures: boolean,
): number | undefined => {
  if (invocation.kind === 'failure') return 0;
  const payload = parseJson(invocation.payload);
  if (!reportsItemFailures || payload === null) return undefined;
  const report = failures.safeParse(payload);
  if (!report.success) return 0;
  const indexes = (report.data.batchItemFailures ?? []).map(({ itemIdentifier }) =>
    records.findIndex(({ sequenceNumber }) => sequenceNumber === itemIdentifier),
  );
  // An unknown one has index -1.
  return indexes.length === 0 ? undefined : Math.max(0, Math.min(...indexes));
};
