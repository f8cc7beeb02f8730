import type { LocalEventSource } from '../template/event-sources.ts';
import type { Position } from './progress.ts';
import type { StreamRecord } from './record.ts';
import type { StreamReader } from './stream-reader.ts';

export interface ShardOptions {
  readonly stream: StreamReader;
  readonly shardId: string;
  readonly source: Pick<LocalEventSource, 'batchSize' | 'batchingWindowMs' | 'filter'>;
  readonly start: Position;
  /** Resolves when every one has been dealt with. */
  readonly deliver: (records: readonly StreamRecord[]) => Promise<void>;
  /** Called when everything up to this record has been dealt with. */
  readonly onDone: (record: StreamRecord) => void;
  /** Waits; rejects when the stack stops. */
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** Lambda looks four times a second. */
const POLL_MS = 250;

/** Lambda's limit for an event, less the frame around the records. In bytes. */
const PAYLOAD_LIMIT = 6_291_456 - 100;

/** How many of the records fit into one event; at least one. */
const fitting = (records: readonly StreamRecord[]): number => {
  let size = 0;
  const tooMuch = records.findIndex(({ event }) => {
    size += Buffer.byteLength(JSON.stringify(event)) + 1;
    return size > PAYLOAD_LIMIT;
  });
  return tooMuch === -1 ? records.length : Math.max(1, tooMuch);
};

/** Where reading a shard is. */
interface Reading {
  /** Undefined at the shard's end. */
  readonly iterator: string | undefined;
  /** Read, let through by the filter, and not delivered. */
  readonly gathered: readonly StreamRecord[];
  /** When the first of them was read, by a monotonic clock. */
  readonly since: number;
}

/** Follows one shard until its end: gathers batches, and waits for each to be dealt with before the next. */
export const followShard = async (options: ShardOptions): Promise<void> => {
  const { stream, shardId, source, deliver, onDone, sleep } = options;
  const isFull = ({ gathered }: Reading): boolean => gathered.length >= source.batchSize;
  const isDue = (reading: Reading): boolean =>
    reading.gathered.length > 0 &&
    (isFull(reading) || reading.iterator === undefined || performance.now() >= reading.since + source.batchingWindowMs);

  /** Reads on, and waits when there is nothing. */
  const look = async (reading: Reading): Promise<Reading> => {
    const { iterator, gathered, since } = reading;
    if (iterator === undefined || isFull(reading)) return reading;
    const { records, next } = await stream.read(iterator, source.batchSize - gathered.length);
    const last = records.at(-1);
    if (last === undefined && next !== undefined && !isDue(reading)) await sleep(POLL_MS);
    const all = [...gathered, ...records.filter(({ event }) => source.filter(event))];
    // With others waiting to be delivered, the filtered ones must not get ahead of them.
    if (all.length === 0 && last !== undefined) onDone(last);
    return { iterator: next, gathered: all, since: gathered.length === 0 ? performance.now() : since };
  };

  const start = await stream.iteratorAfter(shardId, options.start);
  let reading: Reading = { iterator: start, gathered: [], since: 0 };
  while (reading.iterator !== undefined || reading.gathered.length > 0) {
    reading = await look(reading);
    if (!isDue(reading)) continue;
    const count = fitting(reading.gathered);
    await deliver(reading.gathered.slice(0, count));
    reading = { ...reading, gathered: reading.gathered.slice(count), since: performance.now() };
  }
};
