import type { LocalEventSource } from '../template/event-sources.ts';
import type { Invocation } from '../workers/lambda-worker.ts';
import { firstFailure } from './item-failures.ts';
import type { StreamRecord } from './record.ts';

/** Why records were given up, in Lambda's words. */
export type Condition = 'RetryAttemptsExhausted' | 'MaximumRecordAgeExceeded';

/** Records that were given up after so many invocations. */
export interface GivenUp {
  readonly condition: Condition;
  readonly records: readonly StreamRecord[];
  readonly invokeCount: number;
}

export interface DeliveryOptions {
  readonly source: Pick<LocalEventSource, 'bisectsOnError' | 'maxRetries' | 'maxRecordAgeMs' | 'reportsItemFailures'>;
  readonly invoke: (records: readonly StreamRecord[]) => Promise<Invocation>;
  /** Called in order, when everything up to this record has been dealt with. */
  readonly onDone: (record: StreamRecord) => void;
  readonly giveUp: (what: GivenUp) => void;
  /** Waits; rejects when the signal aborts. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Epoch milliseconds of the stream's own clock. */
  readonly now: () => number;
  readonly signal: AbortSignal;
}

interface Batch {
  readonly records: readonly StreamRecord[];
  /** How often it, or its first record, has failed. */
  readonly failures: number;
}

const FIRST_BACKOFF_MS = 200;
const LONGEST_BACKOFF_MS = 10_000;

/** Exponential with full jitter. */
const backoffMs = (failures: number, random: () => number): number =>
  random() * Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (failures - 1));

const halves = ({ records, failures }: Batch): readonly Batch[] => {
  const middle = Math.ceil(records.length / 2);
  return [
    { records: records.slice(0, middle), failures },
    { records: records.slice(middle), failures: 0 },
  ];
};

/**
 * Delivers records of one shard in order, as Lambda does: a batch that fails is tried again before anything after it,
 * from the first record that the function reports; bisected until the bad record is alone, if the mapping says so,
 * which does not count as a retry; given up when its tries or its age run out.
 */
export const deliver = async (records: readonly StreamRecord[], options: DeliveryOptions): Promise<void> => {
  const { source, invoke, onDone, giveUp, sleep, random, now, signal } = options;
  const done = (some: readonly StreamRecord[]): void => {
    const last = some.at(-1);
    if (last !== undefined) onDone(last);
  };
  const abandon = (condition: Condition, batch: Batch): readonly Batch[] => {
    giveUp({ condition, records: batch.records, invokeCount: batch.failures });
    done(batch.records);
    return [];
  };
  const retry = async (batch: Batch): Promise<readonly Batch[]> => {
    const failures = batch.failures + 1;
    if (failures > source.maxRetries) return abandon('RetryAttemptsExhausted', { ...batch, failures });
    await sleep(backoffMs(failures, random));
    return [{ ...batch, failures }];
  };
  /** What is left to do after the record at that place has failed. */
  const afterFailure = (batch: Batch, failed: number): readonly Batch[] | Promise<readonly Batch[]> => {
    const rest = batch.records.slice(failed);
    done(batch.records.slice(0, failed));
    if (!source.bisectsOnError) return retry({ records: rest, failures: failed === 0 ? batch.failures : 0 });
    if (failed > 0) return [{ records: rest, failures: 0 }];
    return rest.length > 1 ? halves(batch) : retry(batch);
  };
  const attempt = async (batch: Batch): Promise<readonly Batch[]> => {
    const oldest = batch.records[0]?.createdAt ?? 0;
    if (now() - oldest > source.maxRecordAgeMs) return abandon('MaximumRecordAgeExceeded', batch);
    const invocation = await invoke(batch.records);
    // A stack that stops fails what is under way; the next start does it again.
    signal.throwIfAborted();
    const failed = firstFailure(invocation, batch.records, source.reportsItemFailures);
    if (failed !== undefined) return afterFailure(batch, failed);
    done(batch.records);
    return [];
  };

  const left: Batch[] = [{ records, failures: 0 }];
  for (let batch = left.shift(); batch !== undefined; batch = left.shift()) left.unshift(...(await attempt(batch)));
};
