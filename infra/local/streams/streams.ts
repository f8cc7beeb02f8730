import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { setTimeout as delay } from 'node:timers/promises';
import type { LocalClock } from '../clock.ts';
import { dynamoDbClient } from '../emulators/emulators.ts';
import type { Queues } from '../queues/queues.ts';
import type { LocalEventSource } from '../template/event-sources.ts';
import type { AccessKey } from '../workers/access-key.ts';
import { eventInvocation } from '../workers/event-invocation.ts';
import type { Functions } from '../workers/functions.ts';
import type { LogLine } from '../workers/lambda-worker.ts';
import { deliver, type GivenUp } from './delivery.ts';
import { failureMessage } from './destination.ts';
import { followStream, readerName } from './follow.ts';
import { openProgress, type Progress } from './progress.ts';
import type { StreamRecord } from './record.ts';
import { followShard } from './shard.ts';
import { openStream, type StreamClients, type StreamReader } from './stream-reader.ts';

export interface StreamsOptions {
  readonly sources: readonly LocalEventSource[];
  readonly functions: Pick<Functions, 'invoke'>;
  readonly queues: Pick<Queues, 'send'>;
  /** The time that functions see; the age of records goes by real time. */
  readonly clock: LocalClock;
  /** Of the DynamoDB in use. */
  readonly endpoint: string;
  readonly region: string;
  readonly accessKey: AccessKey;
  /** Keeps how far each event source has come. */
  readonly progressFile: string;
  readonly log: LogLine;
}

/** The event sources of the template, followed. */
export interface Streams {
  /** Begins no further batch; what is under way is done again at the next start unless it ends before the functions do. */
  readonly stop: () => void;
  /** Resolves when nothing is under way any more after `stop`. */
  readonly ended: Promise<void>;
}

/** Between tries to reach the stream; the SDK has tried three times by then. */
const TROUBLE_MS = 1_000;

const createClients = ({ endpoint, region, accessKey }: StreamsOptions): StreamClients => ({
  tables: dynamoDbClient(endpoint, region, accessKey),
  streams: new DynamoDBStreamsClient({
    endpoint,
    region,
    credentials: { accessKeyId: accessKey.id, secretAccessKey: accessKey.secret },
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
  }),
});

interface Reader {
  readonly source: LocalEventSource;
  readonly stream: StreamReader;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** Delivers the records of one shard, and tells the queue about those that are given up. */
const delivererOf = (options: StreamsOptions, { source, stream, progress, signal, sleep }: Reader, shardId: string) => {
  const { functions, queues, clock, log } = options;
  let requestId = '';
  const onDone = ({ sequenceNumber }: StreamRecord): void =>
    progress.set(readerName(source, stream), shardId, { after: sequenceNumber });
  const giveUp = (what: GivenUp): void => {
    const batch = { ...what, shardId, requestId, now: clock.now() };
    if (source.failureQueue !== undefined) queues.send(source.failureQueue, failureMessage(source, batch));
    log(`${source.functionName} ${requestId} ${what.condition}: ${what.records.length} records of ${source.table}`);
  };
  const deliverAll = (records: readonly StreamRecord[]): Promise<void> =>
    deliver(records, {
      source,
      invoke: (batch) => {
        const event = JSON.stringify({ Records: batch.map((record) => record.event) });
        const request = eventInvocation(event, clock.now());
        requestId = request.requestId;
        return functions.invoke(source.functionName, request);
      },
      onDone,
      giveUp,
      sleep,
      random: Math.random,
      now: Date.now,
      signal,
    });
  return { onDone, deliver: deliverAll };
};

/** Starts to follow the event sources; the tables must be there. */
export const startStreams = (options: StreamsOptions): Streams => {
  const { sources, log } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const sleep = async (milliseconds: number): Promise<void> => {
    await delay(milliseconds, undefined, { signal });
  };
  const persist = async <T>(work: () => Promise<T>): Promise<T> => {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        signal.throwIfAborted();
        log(`A table's stream cannot be read: ${String(error)}`);
        await sleep(TROUBLE_MS);
      }
    }
  };
  const clients = createClients(options);
  const progress = openProgress(options.progressFile);
  const follow = async (source: LocalEventSource): Promise<void> => {
    const stream = await persist(() => openStream(clients, source));
    const reader: Reader = { source, stream, progress, signal, sleep };
    const onShard: Parameters<typeof followStream>[0]['followShard'] = (shardId, start) =>
      followShard({ stream, shardId, source, start, sleep, ...delivererOf(options, reader, shardId) });
    await followStream({ source, stream, progress, followShard: onShard, persist, sleep });
  };
  const followAll = async (): Promise<void> => {
    await Promise.allSettled(sources.map(follow));
    clients.tables.destroy();
    clients.streams.destroy();
  };
  return { stop: () => stopping.abort(), ended: followAll() };
};
