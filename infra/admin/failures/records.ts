import { ScanCommand, type ScanCommandOutput } from '@aws-sdk/client-dynamodb';
import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  ResourceNotFoundException,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import { TABLE_KEYS } from '../../../shared/contracts/resources.ts';
import { type StreamRecord, streamRecordOf } from '../../local/streams/record.ts';
import type { Aws } from './aws.ts';
import type { FailedChanges } from './changes.ts';

/** Changes as Lambda hands them to a function. */
export type LambdaRecord = StreamRecord['event'];

/** Reads of a shard, and pages of a table: more than a batch, or a table of many gigabytes, takes. */
const MOST_READS = 50;
const MOST_PAGES = 20_000;

/** How much earlier or later than Lambda noted it a record may have been made. */
const SLACK_MS = 60_000;

/** Sequence numbers are decimal, and too long for doubles. */
const isBehind = (sequenceNumber: string, end: string): boolean => BigInt(sequenceNumber) > BigInt(end);

const iteratorOf = async (
  { streams }: Aws,
  { streamArn, shardId, from }: FailedChanges,
): Promise<string | undefined> => {
  const start = { ShardIteratorType: 'AT_SEQUENCE_NUMBER', SequenceNumber: from } as const;
  const command = new GetShardIteratorCommand({ StreamArn: streamArn, ShardId: shardId, ...start });
  return (await streams.send(command)).ShardIterator;
};

/**
 * The changes of a failure, read again from where they lie in the stream.
 *
 * @returns `undefined` when the stream has forgotten them, which it does after 24 hours.
 */
export const recordsInStream = async (
  aws: Aws,
  failure: FailedChanges,
): Promise<readonly LambdaRecord[] | undefined> => {
  const found: StreamRecord[] = [];
  try {
    let iterator = await iteratorOf(aws, failure);
    for (let reads = 0; iterator !== undefined && reads < MOST_READS; reads += 1) {
      const { Records = [], NextShardIterator } = await aws.streams.send(
        new GetRecordsCommand({ ShardIterator: iterator }),
      );
      const records = Records.map((one) => streamRecordOf(one, { region: aws.region, streamArn: failure.streamArn }));
      found.push(...records.filter(({ sequenceNumber }) => !isBehind(sequenceNumber, failure.to)));
      const last = records.at(-1)?.sequenceNumber;
      const isDone = found.length >= failure.records || (last !== undefined && isBehind(last, failure.to));
      iterator = isDone ? undefined : NextShardIterator;
    }
  } catch (error) {
    if (error instanceof TrimmedDataAccessException || error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
  return found.length === 0 ? undefined : found.map(({ event }) => event);
};

/**
 * What the table has now of the time that a failure is about, in the form of its stream: for when the stream has
 * forgotten. It may be more than what failed, and less what is gone since; what the jobs do, they do once.
 */
export const recordsInTable = async (
  aws: Aws,
  table: string,
  failure: FailedChanges,
): Promise<readonly LambdaRecord[]> => {
  const found: LambdaRecord[] = [];
  let after: ScanCommandOutput['LastEvaluatedKey'];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { Items = [], LastEvaluatedKey } = await aws.tables.send(
      new ScanCommand({
        TableName: table,
        ConsistentRead: true,
        ExclusiveStartKey: after,
        FilterExpression: '#at BETWEEN :from AND :to',
        ExpressionAttributeNames: { '#at': 'at' },
        ExpressionAttributeValues: {
          ':from': { N: String(failure.firstAt - SLACK_MS) },
          ':to': { N: String(failure.lastAt + SLACK_MS) },
        },
      }),
    );
    for (const item of Items) {
      const { [TABLE_KEYS.partition]: pk, [TABLE_KEYS.sort]: sk } = item;
      const dynamodb = { Keys: { pk, sk }, NewImage: item, SequenceNumber: String(found.length + 1) };
      found.push({ eventName: 'INSERT', eventSource: 'aws:dynamodb', eventSourceARN: failure.streamArn, dynamodb });
    }
    if (LastEvaluatedKey === undefined) return found;
    after = LastEvaluatedKey;
  }
  throw new Error(`The table ${table} has more than ${MOST_PAGES} pages.`);
};
