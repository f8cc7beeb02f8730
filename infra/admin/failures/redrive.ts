import * as z from 'zod/mini';
import type { Aws } from './aws.ts';
import type { Failure } from './failure.ts';
import type { FailureQueue } from './queues.ts';
import type { LambdaRecord } from './records.ts';

/**
 * What became of a failure:
 * - `done`: the job has dealt with every change, and the message is deleted;
 * - `failed` again, `forgotten` by the stream, or `would be done` in a dry run: the message is there as before.
 */
export type Redriven = 'done' | 'failed' | 'forgotten' | 'would be done';

export interface RedriveReport {
  readonly id: string;
  readonly outcome: Redriven;
  /** Changes that were, or would be, handed to the job. */
  readonly records: number;
  /** What the job said of those that failed. */
  readonly reason?: string;
}

export interface RedriveTarget {
  readonly aws: Aws;
  readonly queue: FailureQueue;
  readonly functionName: string;
  /** Reads the changes of a failure; `undefined` where they cannot be had any more. */
  readonly read: (failure: Failure) => Promise<readonly LambdaRecord[] | undefined>;
}

/** Changes that a job gets at once; as many as 28 s are enough for. */
const BATCH = 10;

/** Lambda's partial batch response. */
const answer = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })) });

/** Runs the job with a batch as Lambda would; says what failed, if anything did. */
const invoke = async (
  aws: Aws,
  functionName: string,
  Records: readonly LambdaRecord[],
): Promise<string | undefined> => {
  const { headers, text } = await aws.call({
    service: 'lambda',
    path: `/2015-03-31/functions/${functionName}/invocations`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ Records }),
  });
  if (headers.get('x-amz-function-error') !== null) return `The function failed: ${text.slice(0, 200)}`;
  const { batchItemFailures } = answer.parse(JSON.parse(text));
  if (batchItemFailures.length === 0) return undefined;
  const failed = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier).join(', ');
  return `It failed again at ${failed}; the log of the function says why.`;
};

const invokeAll = async (
  aws: Aws,
  functionName: string,
  records: readonly LambdaRecord[],
): Promise<string | undefined> => {
  for (let from = 0; from < records.length; from += BATCH) {
    const reason = await invoke(aws, functionName, records.slice(from, from + BATCH));
    if (reason !== undefined) return reason;
  }
  return undefined;
};

/**
 * Hands the changes of a failure to its job once more. The message is deleted only after the job has dealt with all of
 * them; whatever else happens, it is there for the next try.
 */
export const redrive = async (
  { aws, queue, functionName, read }: RedriveTarget,
  failure: Failure,
  apply: boolean,
): Promise<RedriveReport> => {
  const { message } = failure;
  let isDone = false;
  try {
    const records = await read(failure);
    if (!records) return { id: message.id, outcome: 'forgotten', records: 0 };
    const base = { id: message.id, records: records.length };
    if (!apply) return { ...base, outcome: 'would be done' };
    const reason = await invokeAll(aws, functionName, records);
    if (reason !== undefined) return { ...base, outcome: 'failed', reason };
    isDone = true;
    await queue.remove(message);
    return { ...base, outcome: 'done' };
  } finally {
    if (!isDone) await queue.release(message);
  }
};
