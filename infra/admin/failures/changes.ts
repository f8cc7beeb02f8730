import * as z from 'zod/mini';
import type { FailureMessage } from './queues.ts';

const isoTime = z.pipe(
  z.string(),
  z.transform((text: string) => Date.parse(text)),
);

/** What Lambda tells of changes that it has given up ("Capturing records of unsuccessful invocations", DynamoDB). */
const schema = z.object({
  requestContext: z.object({
    requestId: z.string(),
    functionArn: z.string(),
    condition: z.string(),
    approximateInvokeCount: z.int(),
  }),
  DDBStreamBatchInfo: z.object({
    shardId: z.string(),
    startSequenceNumber: z.string(),
    endSequenceNumber: z.string(),
    approximateArrivalOfFirstRecord: isoTime,
    approximateArrivalOfLastRecord: isoTime,
    batchSize: z.int(),
    streamArn: z.string(),
  }),
});

/** Changes of a table that a job has given up: where they lie in its stream. They themselves are not in it. */
export interface FailedChanges {
  readonly of: 'changes';
  readonly message: FailureMessage;
  readonly condition: string;
  readonly tries: number;
  /** Of the last run that had them, as its log lines carry it. */
  readonly requestId: string;
  readonly records: number;
  readonly streamArn: string;
  readonly shardId: string;
  readonly from: string;
  readonly to: string;
  /** When the first and the last were written, in epoch milliseconds, to the second. */
  readonly firstAt: number;
  readonly lastAt: number;
}

/** Reads the body of a message; `undefined` where it is no such thing. */
export const failedChanges = (message: FailureMessage, body: unknown): FailedChanges | undefined => {
  const { data } = schema.safeParse(body);
  if (!data) return undefined;
  const { requestContext, DDBStreamBatchInfo: batch } = data;
  return {
    of: 'changes',
    message,
    condition: requestContext.condition,
    tries: requestContext.approximateInvokeCount,
    requestId: requestContext.requestId,
    records: batch.batchSize,
    streamArn: batch.streamArn,
    shardId: batch.shardId,
    from: batch.startSequenceNumber,
    to: batch.endSequenceNumber,
    firstAt: batch.approximateArrivalOfFirstRecord,
    lastAt: batch.approximateArrivalOfLastRecord,
  };
};
