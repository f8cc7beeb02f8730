import { DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type GetShardIteratorCommandInput,
  type Shard,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import type { LocalEventSource } from '../template/event-sources.ts';
import type { Position } from './progress.ts';
import { type StreamRecord, streamRecordOf } from './record.ts';

/** Records that came of one look, and where the next look goes on; without `next`, the shard is at its end for good. */
export interface Page {
  readonly records: readonly StreamRecord[];
  readonly next: string | undefined;
}

/** The stream of one table. */
export interface StreamReader {
  /** The engine's own ARN; another one when the table is made anew. */
  readonly arn: string;
  readonly shards: () => Promise<readonly Shard[]>;
  /** An iterator that begins after a position; from the oldest record when that one is gone. */
  readonly iteratorAfter: (shardId: string, position: Position) => Promise<string | undefined>;
  readonly read: (iterator: string, limit: number) => Promise<Page>;
}

/** GetRecords gives no more at once. */
const READ_LIMIT = 1_000;

export interface StreamClients {
  readonly tables: DynamoDBClient;
  readonly streams: DynamoDBStreamsClient;
}

/**
 * Opens the stream of an event source's table.
 *
 * @throws when the table has none.
 */
export const openStream = async (
  { tables, streams }: StreamClients,
  source: LocalEventSource,
): Promise<StreamReader> => {
  const { Table } = await tables.send(new DescribeTableCommand({ TableName: source.table }));
  const arn = Table?.LatestStreamArn;
  if (arn === undefined) throw new Error(`Table ${source.table} has no stream, which ${source.id} reads.`);

  const shards = async (): Promise<readonly Shard[]> => {
    const all: Shard[] = [];
    let after: string | undefined;
    do {
      const page = await streams.send(new DescribeStreamCommand({ StreamArn: arn, ExclusiveStartShardId: after }));
      all.push(...(page.StreamDescription?.Shards ?? []));
      after = page.StreamDescription?.LastEvaluatedShardId;
    } while (after !== undefined);
    return all;
  };

  const iterator = async (
    ShardId: string,
    where: Pick<GetShardIteratorCommandInput, 'ShardIteratorType' | 'SequenceNumber'>,
  ): Promise<string | undefined> =>
    (await streams.send(new GetShardIteratorCommand({ StreamArn: arn, ShardId, ...where }))).ShardIterator;

  return {
    arn,
    shards,
    iteratorAfter: async (shardId, { after }) => {
      if (after === null) return iterator(shardId, { ShardIteratorType: 'TRIM_HORIZON' });
      try {
        return await iterator(shardId, { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after });
      } catch (error) {
        if (!(error instanceof TrimmedDataAccessException)) throw error;
        return iterator(shardId, { ShardIteratorType: 'TRIM_HORIZON' });
      }
    },
    read: async (ShardIterator, limit) => {
      const Limit = Math.min(limit, READ_LIMIT);
      const { Records = [], NextShardIterator } = await streams.send(new GetRecordsCommand({ ShardIterator, Limit }));
      return { records: Records.map((record) => streamRecordOf(record, source)), next: NextShardIterator };
    },
  };
};
