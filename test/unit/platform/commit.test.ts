import {
  ConditionalCheckFailedException,
  ThrottlingException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { createCommit } from '../../../shared/platform/commit.ts';
import { check, deletion, put, update } from '../../../shared/platform/writes.ts';
import { unusedDocumentClient } from '../../support/document-client.ts';

const KEY = { pk: 'a', sk: 'b' };
const PUT = put('table', { ...KEY, n: 1 });
const metadata = { $metadata: {}, message: 'cancelled' };

const reasonOf = (Code: string) => (Code === 'ConditionalCheckFailed' ? { Code, Item: { n: { N: '7' } } } : { Code });

const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({ ...metadata, CancellationReasons: codes.map(reasonOf) });

const named = (name: string): Error => Object.assign(new Error(name), { name });

/** A commit whose calls fail with these errors in turn, then succeed; records what was sent and the waits. */
const scripted = (...errors: (Error | undefined)[]) => {
  const sent: string[] = [];
  const waits: number[] = [];
  const tokens = new Set<unknown>();
  /** Milliseconds of the clock that the commit is given: how long each call takes, and in which wait it is frozen. */
  const time = { now: 0, perCall: 0, frozenIn: 0, frozen: 0 };
  const client = unusedDocumentClient();
  client.middlewareStack.add(
    (_, context) =>
      ({ input }) => {
        sent.push(String(context.commandName));
        time.now += time.perCall;
        if ('ClientRequestToken' in input) tokens.add(input.ClientRequestToken);
        const error = errors.shift();
        return error
          ? Promise.reject(error)
          : Promise.resolve({ output: { $metadata: {}, Attributes: { n: 2 } }, response: {} });
      },
    { step: 'initialize' },
  );
  const int = (max: number): number => {
    waits.push(max);
    if (waits.length === time.frozenIn) time.now += time.frozen;
    return 0;
  };
  return { commit: createCommit(client, { bytes: randomBytes, int }, () => time.now), sent, waits, tokens, time };
};

describe('commit', () => {
  it('does one write by its own call, several in one transaction, and none by none', async () => {
    const { commit, sent } = scripted();
    await commit([]);
    await commit([PUT]);
    await commit([update('table', KEY, { update: 'SET n = n' })]);
    await commit([deletion('table', KEY)]);
    await commit([PUT, deletion('table', { pk: 'a', sk: 'c' })]);
    await commit([check('table', KEY, { condition: 'attribute_exists(pk)' })]);
    expect(sent).toEqual([
      'PutItemCommand',
      'UpdateItemCommand',
      'DeleteItemCommand',
      'TransactWriteItemsCommand',
      'TransactWriteItemsCommand',
    ]);
  });

  it('makes a condition that does not hold a result, with the item that stood in the way', async () => {
    const single = scripted(new ConditionalCheckFailedException({ ...metadata, Item: { n: { N: '7' } } }));
    expect(await single.commit([PUT])).toEqual({ committed: false, refusals: [{ index: 0, item: { n: 7 } }] });
    const several = scripted(cancelled('None', 'ConditionalCheckFailed'));
    expect(await several.commit([PUT, PUT])).toEqual({ committed: false, refusals: [{ index: 1, item: { n: 7 } }] });
  });

  it('tries conflicts and throttles again, with growing jitter', async () => {
    const conflict = cancelled('TransactionConflict', 'None');
    const { commit, sent, waits } = scripted(
      conflict,
      cancelled('ThrottlingError'),
      named('TransactionConflictException'),
    );
    expect(await commit([PUT, PUT])).toMatchObject({ committed: true });
    expect(sent).toHaveLength(4);
    expect(waits).toEqual([50, 100, 200]);
  });

  it('never takes a conflict for a condition, nor the other way round', async () => {
    const { commit, sent } = scripted(cancelled('TransactionConflict', 'ConditionalCheckFailed'));
    expect(await commit([PUT, PUT])).toMatchObject({ committed: false, refusals: [{ index: 1 }] });
    expect(sent).toHaveLength(1);
  });

  it('gives up after twelve attempts, the last of them a second apart at the most', async () => {
    const { commit, sent, waits } = scripted(...Array.from({ length: 20 }, () => cancelled('TransactionConflict')));
    await expect(commit([PUT, PUT])).rejects.toMatchObject({ name: 'StoreBusyError' });
    expect(sent).toHaveLength(12);
    expect(waits).toEqual([50, 100, 200, 400, 800, 1000, 1000, 1000, 1000, 1000, 1000]);
  });

  it('tries a call again that was throttled as a whole, a single write as well', async () => {
    const { commit, sent } = scripted(named('ProvisionedThroughputExceededException'), named('ThrottlingException'));
    expect(await commit([PUT])).toMatchObject({ committed: true });
    expect(sent).toHaveLength(3);
  });

  const unsettled = [
    named('TimeoutError'),
    named('InternalServerError'),
    named('TransactionInProgressException'),
    Object.assign(new Error('reset'), { code: 'ECONNRESET' }),
  ];

  it.each(unsettled)('asks again for a transaction of unknown outcome, by the same token (%p)', async (error) => {
    const { commit, sent, tokens } = scripted(cancelled('TransactionConflict'), error);
    expect(await commit([PUT, PUT])).toMatchObject({ committed: true });
    expect(sent).toHaveLength(3);
    expect([...tokens]).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)]);
  });

  it('gives each transaction a token of its own', async () => {
    const { commit, tokens } = scripted();
    await commit([PUT, PUT]);
    await commit([PUT, PUT]);
    expect(tokens.size).toBe(2);
  });

  it('says what the store said last where the outcome stays unknown', async () => {
    const [first, second] = [named('TimeoutError'), named('InternalServerError')];
    const { commit, sent, time } = scripted(first, second);
    time.perCall = 9_000;
    await expect(commit([PUT, PUT])).rejects.toBe(second);
    expect(sent).toHaveLength(2);
  });

  it('asks as often for one of unknown outcome as for one in conflict, while there is time', async () => {
    const failures = Array.from({ length: 20 }, () => named('InternalServerError'));
    const { commit, sent } = scripted(...failures);
    await expect(commit([PUT, PUT])).rejects.toBe(failures[11]);
    expect(sent).toHaveLength(12);
  });

  it('does not call a transaction undone whose answer was lost before the store was busy', async () => {
    const lost = named('TimeoutError');
    const { commit, sent } = scripted(lost, ...Array.from({ length: 11 }, () => named('ThrottlingException')));
    await expect(commit([PUT, PUT])).rejects.toBe(lost);
    expect(sent).toHaveLength(12);
  });

  it('does not call one undone either that was throttled at the last of several attempts of the SDK', async () => {
    const throttled = (attempts: number) => new ThrottlingException({ message: 'throttled', $metadata: { attempts } });
    const repeated = throttled(3);
    const once = () => Array.from({ length: 11 }, () => throttled(1));
    await expect(scripted(repeated, ...once()).commit([PUT, PUT])).rejects.toBe(repeated);
    await expect(scripted(throttled(1), ...once()).commit([PUT, PUT])).rejects.toMatchObject({
      name: 'StoreBusyError',
    });
    expect(await scripted(repeated).commit([PUT, PUT])).toMatchObject({ committed: true });
  });

  it('begins no attempt late, whatever it waited for: conflicts on a slow store, or to be woken', async () => {
    const conflicts = Array.from({ length: 20 }, () => cancelled('TransactionConflict'));
    const slow = scripted(...conflicts);
    slow.time.perCall = 5_000;
    await expect(slow.commit([PUT, PUT])).rejects.toMatchObject({ name: 'StoreBusyError' });
    expect(slow.sent).toHaveLength(4);
    const lost = named('TimeoutError');
    const frozen = scripted(cancelled('TransactionConflict'), lost);
    Object.assign(frozen.time, { frozenIn: 2, frozen: 60_000 });
    await expect(frozen.commit([PUT, PUT])).rejects.toBe(lost);
    expect(frozen.sent).toHaveLength(2);
  });

  it('never repeats a single write of unknown outcome: it might be refused for what it wrote itself', async () => {
    const lost = named('TimeoutError');
    const { commit, sent } = scripted(lost);
    await expect(commit([PUT])).rejects.toBe(lost);
    expect(sent).toHaveLength(1);
  });

  it.each([cancelled('ValidationError'), cancelled(), named('AccessDeniedException')])(
    'does not try again what will not get better (%p)',
    async (error) => {
      const { commit, sent } = scripted(error);
      await expect(commit([PUT, PUT])).rejects.toBe(error);
      expect(sent).toHaveLength(1);
    },
  );
});
