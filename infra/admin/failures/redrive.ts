import * as z from 'zod/mini';
import { LIVE_ALIAS } from '../../names.ts';
import type { Aws } from './aws.ts';
import type { FailedChanges } from './changes.ts';
import type { Failure } from './failure.ts';
import type { FailureQueue } from './queues.ts';
import type { LambdaRecord } from './records.ts';

/**
 * What became of a failure:
 * - `done`: the job has dealt with every change, or has run once more, and the message is deleted;
 * - `failed` again, `forgotten` by the stream, or `would be done` in a dry run: the message is there as before.
 */
export type Redriven = 'done' | 'failed' | 'forgotten' | 'would be done';

export interface RedriveReport {
  readonly id: string;
  readonly outcome: Redriven;
  /** Changes that were, or would be, handed to the job; null for a run by the clock, which has none. */
  readonly records: number | null;
  /** Why it failed, as far as it is no secret of the log. */
  readonly reason?: string;
}

export interface RedriveTarget {
  readonly aws: Aws;
  readonly queue: FailureQueue;
  readonly functionName: string;
  /** Reads the changes of a failure; `undefined` where they cannot be had any more. */
  readonly read: (failure: FailedChanges) => Promise<readonly LambdaRecord[] | undefined>;
}

/** Changes that a job gets at once; as many as 28 s are enough for. */
const BATCH = 10;

/** Lambda's answer for a function that threw, or was ended; its text may hold what belongs into the log alone. */
const functionError = z.object({ errorType: z.optional(z.string()) });

/** Lambda's partial batch response. */
const batchAnswer = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })) });

/** What a job is given, in order. */
interface Given {
  readonly events: readonly object[];
  readonly records: number | null;
}

const batchesOf = (records: readonly LambdaRecord[]): readonly object[] =>
  Array.from({ length: Math.ceil(records.length / BATCH) }, (_, batch) => ({
    Records: records.slice(batch * BATCH, (batch + 1) * BATCH),
  }));

const givenFor = async ({ read }: RedriveTarget, failure: Failure): Promise<Given | undefined> => {
  if (failure.of === 'run') return { events: [failure.event], records: null };
  const records = await read(failure);
  return records && { events: batchesOf(records), records: records.length };
};

/** Runs the job that is live with an event as Lambda would; says what failed, if anything did. */
const invoke = async (
  { aws, functionName }: RedriveTarget,
  of: Failure['of'],
  event: object,
): Promise<string | undefined> => {
  const { headers, text } = await aws.call({
    service: 'lambda',
    path: `/2015-03-31/functions/${functionName}/invocations?Qualifier=${LIVE_ALIAS}`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(event),
  });
  if (headers.get('x-amz-function-error') !== null) {
    const { errorType = 'no name' } = functionError.parse(JSON.parse(text));
    return `The function failed (${errorType}); its log says why.`;
  }
  if (of === 'run') return undefined;
  const { batchItemFailures } = batchAnswer.parse(JSON.parse(text));
  if (batchItemFailures.length === 0) return undefined;
  const failed = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier).join(', ');
  return `It failed again at ${failed}; the log of the function says why.`;
};

const invokeAll = async (target: RedriveTarget, failure: Failure, { events }: Given): Promise<string | undefined> => {
  for (const event of events) {
    const reason = await invoke(target, failure.of, event);
    if (reason !== undefined) return reason;
  }
  return undefined;
};

/**
 * Hands the changes of a failure to its job once more, or runs it once more as the clock had it run. A scheduled job does
 * what is due when it runs, whatever event it gets, so a run more harms nothing. The message is deleted only after the
 * job has dealt with all of it; whatever else happens, it is there for the next try.
 */
export const redrive = async (target: RedriveTarget, failure: Failure, apply: boolean): Promise<RedriveReport> => {
  const { message } = failure;
  const { queue } = target;
  let isDone = false;
  try {
    const given = await givenFor(target, failure);
    if (!given) return { id: message.id, outcome: 'forgotten', records: 0 };
    const base = { id: message.id, records: given.records };
    if (!apply) return { ...base, outcome: 'would be done' };
    const reason = await invokeAll(target, failure, given);
    if (reason !== undefined) return { ...base, outcome: 'failed', reason };
    isDone = true;
    await queue.remove(message);
    return { ...base, outcome: 'done' };
  } finally {
    if (!isDone) await queue.release(message);
  }
};
