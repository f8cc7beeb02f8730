import { describe, expect, it } from '@jest/globals';
import { deliver, type DeliveryOptions, type GivenUp } from '../../../../../infra/local/streams/delivery.ts';
import type { StreamRecord } from '../../../../../infra/local/streams/record.ts';
import type { Invocation } from '../../../../../infra/local/workers/lambda-worker.ts';

const recordsOf = (numbers: readonly number[]): readonly StreamRecord[] =>
  numbers.map((number) => ({ sequenceNumber: String(number), createdAt: 1_000 * number, event: {} }));

const numbersOf = (records: readonly StreamRecord[]): readonly number[] =>
  records.map(({ sequenceNumber }) => Number(sequenceNumber));

const OK: Invocation = { kind: 'payload', payload: 'null' };
const FAILED: Invocation = { kind: 'failure', errorType: 'Error', message: 'no' };
const report = (...numbers: readonly number[]): Invocation => ({
  kind: 'payload',
  payload: JSON.stringify({
    batchItemFailures: numbers.map((itemIdentifier) => ({ itemIdentifier: `${itemIdentifier}` })),
  }),
});

const SOURCE = { bisectsOnError: false, maxRetries: Infinity, maxRecordAgeMs: Infinity, reportsItemFailures: false };

/** Delivers, with a function that answers as `answer` says for the numbers of a batch and how often it was called. */
const run = async (
  count: number,
  source: Partial<typeof SOURCE>,
  answer: (numbers: readonly number[], call: number) => Invocation,
  options: Partial<DeliveryOptions> = {},
) => {
  const batches: (readonly number[])[] = [];
  const done: number[] = [];
  const slept: number[] = [];
  const givenUp: GivenUp[] = [];
  await deliver(recordsOf(Array.from({ length: count }, (_, index) => index + 1)), {
    source: { ...SOURCE, ...source },
    invoke: (records) => {
      const numbers = numbersOf(records);
      batches.push(numbers);
      return Promise.resolve(answer(numbers, batches.length));
    },
    onDone: ({ sequenceNumber }) => done.push(Number(sequenceNumber)),
    giveUp: (what) => givenUp.push(what),
    sleep: (milliseconds) => {
      slept.push(milliseconds);
      return Promise.resolve();
    },
    random: () => 1,
    now: () => 0,
    signal: new AbortController().signal,
    ...options,
  });
  const abandoned = givenUp.map(({ condition, records, invokeCount }) => ({
    condition,
    records: numbersOf(records),
    invokeCount,
  }));
  return { batches, done, slept, abandoned };
};

describe('the delivery of a batch', () => {
  it('is done at once when the function succeeds', async () => {
    const { batches, done, slept } = await run(3, {}, () => OK);
    expect([batches, done, slept]).toStrictEqual([[[1, 2, 3]], [3], []]);
  });

  it('is tried again, ever later, until it succeeds', async () => {
    const { batches, done, slept } = await run(2, {}, (_numbers, call) => (call < 10 ? FAILED : OK));
    expect(batches).toHaveLength(10);
    expect(done).toStrictEqual([2]);
    expect(slept).toStrictEqual([200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000, 10_000]);
  });

  it('is given up as a whole after its retries', async () => {
    const { batches, done, abandoned } = await run(2, { maxRetries: 2 }, () => FAILED);
    expect(batches).toStrictEqual([
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
    expect(abandoned).toStrictEqual([{ condition: 'RetryAttemptsExhausted', records: [1, 2], invokeCount: 3 }]);
    expect(done).toStrictEqual([2]);
  });

  it('is bisected until the bad record is alone, which does not count as a retry', async () => {
    const { batches, done, abandoned } = await run(8, { bisectsOnError: true, maxRetries: 1 }, (numbers) =>
      numbers.includes(3) ? FAILED : OK,
    );
    expect(batches).toStrictEqual([
      [1, 2, 3, 4, 5, 6, 7, 8],
      [1, 2, 3, 4],
      [1, 2],
      [3, 4],
      [3],
      [3],
      [4],
      [5, 6, 7, 8],
    ]);
    expect(abandoned).toStrictEqual([{ condition: 'RetryAttemptsExhausted', records: [3], invokeCount: 2 }]);
    expect(done).toStrictEqual([2, 3, 4, 8]);
  });

  it('goes on from the first record that the function reports', async () => {
    const { batches, done } = await run(5, { reportsItemFailures: true }, (_numbers, call) =>
      call === 1 ? report(4, 3) : OK,
    );
    expect([batches, done]).toStrictEqual([
      [
        [1, 2, 3, 4, 5],
        [3, 4, 5],
      ],
      [2, 5],
    ]);
  });

  it('gives a reported record up when its retries are over, and the rest of its batch with it', async () => {
    const { batches, abandoned } = await run(3, { reportsItemFailures: true, maxRetries: 1 }, () => report(2));
    expect(batches).toStrictEqual([
      [1, 2, 3],
      [2, 3],
    ]);
    expect(abandoned).toStrictEqual([{ condition: 'RetryAttemptsExhausted', records: [2, 3], invokeCount: 2 }]);
  });

  it('isolates a reported record where it also bisects', async () => {
    const source = { reportsItemFailures: true, bisectsOnError: true, maxRetries: 1 };
    const { batches, done, abandoned } = await run(5, source, (numbers) => (numbers.includes(3) ? report(3) : OK));
    expect(batches).toStrictEqual([[1, 2, 3, 4, 5], [3, 4, 5], [3, 4], [3], [3], [4], [5]]);
    expect(abandoned).toStrictEqual([{ condition: 'RetryAttemptsExhausted', records: [3], invokeCount: 2 }]);
    expect(done).toStrictEqual([2, 3, 4, 5]);
  });

  it.each([
    ['null', true],
    ['{}', true],
    ['{"batchItemFailures":null}', true],
    ['{"batchItemFailures":[]}', true],
    ['{"batchItemFailures":[{"itemIdentifier":""}]}', false],
    ['{"batchItemFailures":[{"itemIdentifier":"99"}]}', false],
    ['{"batchItemFailures":[{}]}', false],
    ['"done"', false],
  ])('takes the report %s as a success: %s', async (payload, succeeds) => {
    const { abandoned } = await run(2, { reportsItemFailures: true, maxRetries: 0 }, () => ({
      kind: 'payload',
      payload,
    }));
    expect(abandoned.length === 0).toBe(succeeds);
  });

  it('takes no notice of reports that the mapping does not ask for', async () => {
    const { batches } = await run(2, {}, () => report(1));
    expect(batches).toHaveLength(1);
  });

  it('gives up without another try what is too old', async () => {
    const { batches, abandoned } = await run(2, { maxRecordAgeMs: 60_000 }, () => OK, { now: () => 61_001 });
    expect(batches).toStrictEqual([]);
    expect(abandoned).toStrictEqual([{ condition: 'MaximumRecordAgeExceeded', records: [1, 2], invokeCount: 0 }]);
  });

  it('counts nothing of what fails because the stack stops', async () => {
    const stopping = new AbortController();
    const done: unknown[] = [];
    const work = run(
      2,
      { maxRetries: 0 },
      () => {
        stopping.abort();
        return FAILED;
      },
      { signal: stopping.signal, onDone: (record) => done.push(record), giveUp: (what) => done.push(what) },
    );
    await expect(work).rejects.toThrow('aborted');
    expect(done).toStrictEqual([]);
  });
});
