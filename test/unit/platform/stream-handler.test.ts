import { describe, expect, it } from '@jest/globals';
import type { LogFields, LogMessage } from '../../../shared/platform/log-messages.ts';
import { type Change, runStream } from '../../../shared/platform/stream-handler.ts';

const record = (SequenceNumber: string, change: object = {}) => ({
  eventName: 'INSERT',
  dynamodb: {
    SequenceNumber,
    Keys: { pk: { S: 'OUTBOX#1' }, sk: { S: SequenceNumber } },
    NewImage: { pk: { S: 'OUTBOX#1' }, sk: { S: SequenceNumber }, left: { N: '3' }, facts: { M: { at: { N: '5' } } } },
    ...change,
  },
});

const run = async (
  records: readonly unknown[],
  onChange: (change: Change) => Promise<void>,
  remainingMs = () => 28_000,
) => {
  const logged: [LogMessage, LogFields | undefined][] = [];
  const core = {
    clock: { now: () => 0 },
    log: (...entry: [LogMessage, LogFields?]) => logged.push([entry[0], entry[1]]),
  };
  const { batchItemFailures } = await runStream(core, { Records: records }, onChange, remainingMs);
  return { failed: batchItemFailures.map(({ itemIdentifier }) => itemIdentifier), logged };
};

describe('a run by the changes of a table', () => {
  it('gets key and item of each, in order', async () => {
    const seen: Change[] = [];
    const { failed, logged } = await run([record('1'), record('2')], async (change) => {
      await Promise.resolve();
      seen.push(change);
    });
    expect(seen.map(({ sequenceNumber }) => sequenceNumber)).toEqual(['1', '2']);
    expect(seen[0]).toEqual({
      key: { pk: 'OUTBOX#1', sk: '1' },
      item: { pk: 'OUTBOX#1', sk: '1', left: 3, facts: { at: 5 } },
      sequenceNumber: '1',
    });
    expect(failed).toEqual([]);
    expect(logged).toEqual([['JOB', { durationMs: 0, report: { records: 2, failed: 0, late: 0 } }]]);
  });

  it('reports the one that fails, deals with those after it, and logs nothing of its contents', async () => {
    const seen: string[] = [];
    const { failed, logged } = await run([record('1'), record('2'), record('3')], ({ sequenceNumber }) => {
      if (sequenceNumber === '2') return Promise.reject(new TypeError('ann@example.com'));
      seen.push(sequenceNumber);
      return Promise.resolve();
    });
    expect(failed).toEqual(['2']);
    expect(seen).toEqual(['1', '3']);
    expect(logged[0]).toMatchObject(['RECORD_FAILED', { sequenceNumber: '2', error: 'TypeError' }]);
    expect(JSON.stringify(logged)).not.toContain('ann@');
  });

  it.each([
    ['without an item', { NewImage: undefined }],
    ['with an attribute that is none', { NewImage: { pk: { Z: 'x' } } }],
    ['with another key', { Keys: { id: { S: 'x' } } }],
    ['with an item of a shape that is not known', { NewImage: { v: { N: '99' } } }],
  ])('reports a record %s', async (_what, change) => {
    const { failed } = await run([record('1', change), record('2')], () => Promise.resolve());
    expect(failed).toEqual(['1']);
  });

  it('begins nothing when time is short, but always the first, so that it gets on', async () => {
    const seen: string[] = [];
    const left = [9_999, 9_999, 9_999];
    const { failed } = await run(
      [record('1'), record('2'), record('3')],
      ({ sequenceNumber }) => {
        seen.push(sequenceNumber);
        return Promise.resolve();
      },
      () => left.shift() ?? 0,
    );
    expect(seen).toEqual(['1']);
    expect(failed).toEqual(['2', '3']);
  });

  it('fails as a whole when the event is of something else', async () => {
    await expect(run([{ body: 'x' }], () => Promise.resolve())).rejects.toMatchObject({
      name: expect.stringMatching('Error$'),
    });
  });
});
