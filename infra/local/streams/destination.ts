import { ACCOUNT, PARTITION } from '../template/physical-names.ts';
import type { LocalEventSource } from '../template/event-sources.ts';
import type { GivenUp } from './delivery.ts';

export interface GivenUpBatch extends GivenUp {
  readonly shardId: string;
  readonly requestId: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

const iso = (at: number | undefined): string => new Date(at ?? 0).toISOString();

/** What Lambda sends to a failure destination: where the records are in the stream, and not the records. */
export const failureMessage = (source: LocalEventSource, batch: GivenUpBatch): string => {
  const { condition, records, invokeCount, shardId, requestId, now } = batch;
  const [first, last] = [records[0], records.at(-1)];
  return JSON.stringify({
    requestContext: {
      requestId,
      functionArn: `arn:${PARTITION}:lambda:${source.region}:${ACCOUNT}:function:${source.functionName}`,
      condition,
      approximateInvokeCount: invokeCount,
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: iso(now),
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: first?.sequenceNumber,
      endSequenceNumber: last?.sequenceNumber,
      approximateArrivalOfFirstRecord: iso(first?.createdAt),
      approximateArrivalOfLastRecord: iso(last?.createdAt),
      batchSize: records.length,
      streamArn: source.streamArn,
    },
  });
};
