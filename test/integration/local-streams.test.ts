import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { FAILURES, numbered, startStreamStack } from '../support/stream-stack.ts';

let streams: Awaited<ReturnType<typeof startStreamStack>>;

beforeAll(async () => {
  streams = await startStreamStack({
    orders: { BatchSize: 4 },
    flaky: { BatchSize: 2 },
    bisects: {
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 1,
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Failures', 'Arn'] } } },
    },
    partial: { FunctionResponseTypes: ['ReportBatchItemFailures'] },
    window: { MaximumBatchingWindowInSeconds: 2 },
    late: { StartingPosition: 'LATEST', BatchSize: 3 },
  });
});
afterAll(() => streams.stop());

describe('a function behind the stream of a table', () => {
  it('gets every change once, in order, in batches no larger than it wants, in Lambda’s form', async () => {
    const keys = numbered('orders', 1, 20);
    await streams.put(keys);
    await streams.until(() => streams.keysOf('orders').flat().length >= keys.length);
    expect(streams.keysOf('orders').flat()).toStrictEqual(keys);
    expect(Math.max(...streams.keysOf('orders').map(({ length }) => length))).toBeLessThanOrEqual(4);
    expect(streams.batchesOf('orders')[0]?.first).toStrictEqual({
      eventID: expect.any(String),
      eventName: 'INSERT',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'ap-northeast-1',
      dynamodb: {
        ApproximateCreationDateTime: expect.any(Number),
        Keys: { pk: { S: 'orders#01' }, sk: { S: 'x' } },
        NewImage: { pk: { S: 'orders#01' }, sk: { S: 'x' }, bytes: { B: 'AQL/' } },
        SequenceNumber: expect.any(String),
        SizeBytes: expect.any(Number),
        StreamViewType: 'NEW_IMAGE',
      },
      eventSourceARN: 'arn:aws:dynamodb:ap-northeast-1:000000000000:table/fixture-ephemeral/stream/local',
    });
  });

  it('gets a failed batch again until it succeeds, and nothing after it before', async () => {
    streams.control({ down: ['fixture-flaky'] });
    await streams.put(numbered('flaky', 1, 2));
    await streams.until(() => streams.keysOf('flaky').length >= 3);
    await streams.put(numbered('flaky', 3, 4));
    await sleep(300);
    streams.control({});
    await streams.until(() => streams.keysOf('flaky').flat().includes('flaky#04'));
    const [first = []] = streams.keysOf('flaky');
    const after = streams.keysOf('flaky').slice(1);
    expect(after.slice(0, 2)).toStrictEqual([first, first]);
    const distinct = [...new Set(streams.keysOf('flaky').flat())];
    expect(distinct).toStrictEqual(numbered('flaky', 1, 4));
  });

  it('has one poisoned record isolated, which alone goes to the failure queue', async () => {
    streams.control({ poison: ['bisects#06'] });
    await streams.putAtOnce(numbered('bisects', 1, 10));
    const ended = () => streams.keysOf('bisects').filter((keys) => !keys.includes('bisects#06'));
    await streams.until(() => ended().flat().includes('bisects#10'));
    expect(ended().flat()).toStrictEqual(numbered('bisects', 1, 10).filter((key) => key !== 'bisects#06'));
    expect(streams.keysOf('bisects').filter((keys) => keys.join() === 'bisects#06')).toHaveLength(2);
    const [message, ...others] = await streams.failures();
    expect(others).toStrictEqual([]);
    const poisoned = streams.batchesOf('bisects').find(({ keys }) => keys.join() === 'bisects#06')?.first['dynamodb'];
    const { SequenceNumber } = z.object({ SequenceNumber: z.string() }).parse(poisoned);
    expect(JSON.parse(message?.body ?? '')).toMatchObject({
      requestContext: {
        functionArn: 'arn:aws:lambda:ap-northeast-1:000000000000:function:fixture-bisects',
        condition: 'RetryAttemptsExhausted',
        approximateInvokeCount: 2,
      },
      version: '1.0',
      DDBStreamBatchInfo: { startSequenceNumber: SequenceNumber, endSequenceNumber: SequenceNumber, batchSize: 1 },
    });
  });

  it('goes on from the first record that it reports', async () => {
    streams.control({ poison: ['partial#03'] });
    await streams.putAtOnce(numbered('partial', 1, 5));
    await streams.until(() => streams.keysOf('partial').some(([first]) => first === 'partial#03'));
    streams.control({});
    await streams.until(() => streams.keysOf('partial').at(-1)?.includes('partial#05') ?? false);
    const batches = streams.keysOf('partial');
    expect(batches[0]).toStrictEqual(numbered('partial', 1, 5));
    for (const later of batches.slice(1)) expect(later).toStrictEqual(numbered('partial', 3, 5));
  });

  it('is given what comes within its window in one batch', async () => {
    for (const key of numbered('window', 1, 4)) {
      await streams.put([key]);
      await sleep(150);
    }
    await streams.until(() => streams.keysOf('window').length > 0);
    expect(streams.keysOf('window')).toStrictEqual([numbered('window', 1, 4)]);
  });

  it('loses nothing over a restart, and gets nothing twice that it was done with', async () => {
    await streams.put(numbered('late', 1, 3));
    await streams.until(() => streams.keysOf('late').flat().length >= 3);
    streams.control({ down: ['fixture-late'] });
    await streams.put(numbered('late', 4, 9));
    await streams.until(() => streams.keysOf('late').flat().includes('late#04'));
    await streams.restart();
    await streams.until(() => streams.keysOf('late').length > 0);
    expect(streams.keysOf('late')[0]?.[0]).toBe('late#04');
    streams.control({});
    await streams.restart();
    await streams.until(() => streams.keysOf('late').flat().length >= 6);
    expect(streams.keysOf('late').flat()).toStrictEqual(numbered('late', 4, 9));
    // What was sent to queues is kept, and the other functions were done.
    expect(await streams.failures()).toHaveLength(1);
    expect(streams.keysOf('orders')).toStrictEqual([]);
    expect(streams.progress()).toContain('lateMapping');
  });
});

describe('/_local/queues', () => {
  it('lists the queues, and names them when another one is asked for', async () => {
    expect((await streams.call('/_local/queues')).body).toStrictEqual({ queues: [FAILURES] });
    const missing = await streams.call('/_local/queues/other');
    expect(missing.status).toBe(404);
    expect(missing.body).toStrictEqual({ error: 'There is no queue other. There are: fixture-failures.' });
  });
});
