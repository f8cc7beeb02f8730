import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { somebody } from '../../support/journey.ts';
import { envelopeOf } from '../../support/local-stack.ts';
import { queuedItem, SENDER, startOutboxStack, SWEEPER } from '../../support/outbox-stack.ts';

const MINUTE = 60_000;

/** More calls to AWS than sending one mail makes. */
const MOST_CALLS = 20;

let outbox: Awaited<ReturnType<typeof startOutboxStack>>;

beforeAll(async () => {
  outbox = await startOutboxStack();
}, 120_000);
afterAll(() => outbox.stop());
afterEach(async () => {
  await outbox.stack().fault({ service: 'ses', mode: 'none' });
  await outbox.shift(0);
});

const isEmpty = async (): Promise<boolean> => (await outbox.items()).length === 0;

describe('a queued mail', () => {
  it('comes over the stream, with a link to this very stack', async () => {
    const item = queuedItem();
    await outbox.put([item]);
    const { text } = await outbox.journey().mailTo(item.to);
    expect(text).toContain(`\n${outbox.stack().url}/v1/user/freeze?code=`);
    await outbox.until('the outbox is empty', isEmpty);
  });

  it('survives a sender that is killed between any two of its calls, at the cost of one duplicate at most', async () => {
    const duplicates: number[] = [];
    let calls = 0;
    for (; calls < MOST_CALLS; calls += 1) {
      const person = somebody();
      const [killsBefore, recordsBefore] = [outbox.kills(), outbox.records()];
      await outbox.kill(SENDER, calls);
      expect(envelopeOf(await outbox.journey().register(person)).code).toBe(1);
      // After a death the stream brings the record again.
      await outbox.until('the sender has dealt with it', () => outbox.records() > recordsBefore);
      const died = outbox.kills() > killsBefore;
      await outbox.shift(2 * MINUTE);
      if (died) await outbox.sweep();
      await outbox.until('the outbox is empty', isEmpty);
      const [mails = 0] = await outbox.counts([person.email]);
      expect(envelopeOf(await outbox.journey().verify(person)).code).toBe(1);
      await outbox.shift(0);
      duplicates.push(mails - 1);
      if (!died) break;
    }
    // Take it, read the user and the code, store a code, send, delete.
    expect(calls).toBeGreaterThanOrEqual(6);
    expect(duplicates.filter((extra) => extra !== 0 && extra !== 1)).toEqual([]);
    // Death between sending and deleting, and nothing else.
    expect(duplicates.reduce((sum, extra) => sum + extra, 0)).toBe(1);
  }, 120_000);

  it('survives a sweeper that is killed in the middle of it', async () => {
    const item = queuedItem({ nextAttemptAt: Date.now() + MINUTE });
    const recordsBefore = outbox.records();
    await outbox.put([item]);
    // Otherwise a stream that comes late brings it to the sender when it is due, and the sweeper finds it taken.
    await outbox.until('the sender has left it for later', () => outbox.records() > recordsBefore);
    await outbox.shift(2 * MINUTE);
    const killsBefore = outbox.kills();
    await outbox.kill(SWEEPER, 20);
    await expect(outbox.sweep()).rejects.toThrow('jobs-mail-sweeper failed');
    expect(outbox.kills()).toBe(killsBefore + 1);
    await outbox.shift(5 * MINUTE);
    await outbox.sweep();
    await outbox.until('the outbox is empty', isEmpty);
    const [mails] = await outbox.counts([item.to]);
    expect([1, 2]).toContain(mails);
  });
});

describe('one poisoned mail', () => {
  it('ends alone in the failure queue and stays in the outbox, while those around it are sent once', async () => {
    const poison = queuedItem({ kind: 'from-nowhere' });
    const [before, after] = [
      Array.from({ length: 3 }, () => queuedItem()),
      Array.from({ length: 3 }, () => queuedItem()),
    ];
    await outbox.put([...before, poison, ...after]);
    await outbox.until('a record is given up', async () => (await outbox.failures()).length > 0);
    const sound = [...before, ...after].map(({ to }) => to);
    await outbox.until('all others are sent', async () => (await outbox.items()).length === 1);
    expect(await outbox.counts(sound)).toEqual(sound.map(() => 1));
    const failures = await outbox.failures();
    expect(failures.map(({ body }): unknown => JSON.parse(body))).toMatchObject([
      {
        requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 3 },
        DDBStreamBatchInfo: { batchSize: 1 },
      },
    ]);
    expect(JSON.stringify(failures)).not.toContain(poison.to);
    expect(await outbox.items()).toMatchObject([{ to: poison.to, parkedFor: 'unreadable' }]);
    await outbox.shift(2 * MINUTE);
    expect(await outbox.sweep()).toMatchObject({ due: 0 });
    expect(outbox.stack().logs().join('\n')).not.toContain(poison.to);
  });
});

describe('an hour without SES', () => {
  it('loses no mail, and sends none twice', async () => {
    const parked = (await outbox.items()).length;
    await outbox.stack().fault({ service: 'ses', mode: 'fail' });
    const items = Array.from({ length: 5 }, () => queuedItem());
    await outbox.put(items);
    // Three tries of the SDK a mail.
    await outbox.until('each has failed', async () => (await outbox.stack().struck('ses')) >= 15);
    for (const minutes of [3, 10, 30, 60]) {
      const struck = await outbox.stack().struck('ses');
      await outbox.shift(minutes * MINUTE);
      expect(await outbox.sweep()).toMatchObject({ sent: 0, postponed: 5 });
      // The SDK stops trying again when nothing but failures come back.
      expect(await outbox.stack().struck('ses')).toBeGreaterThanOrEqual(struck + 5);
    }
    const addresses = items.map(({ to }) => to);
    expect(await outbox.counts(addresses)).toEqual([0, 0, 0, 0, 0]);
    await outbox.stack().fault({ service: 'ses', mode: 'none' });
    await outbox.shift(80 * MINUTE);
    expect(await outbox.sweep()).toMatchObject({ sent: 5, postponed: 0 });
    expect(await outbox.counts(addresses)).toEqual([1, 1, 1, 1, 1]);
    expect(await outbox.items()).toHaveLength(parked);
  }, 60_000);
});

describe('a record that is delivered three times', () => {
  it('has its mail sent once', async () => {
    const items = [queuedItem(), queuedItem()];
    const addresses = items.map(({ to }) => to);
    await outbox.put(items);
    await outbox.until('both are sent', async () => (await outbox.counts(addresses)).every((count) => count === 1));
    for (let again = 0; again < 2; again += 1) {
      await outbox.redeliver();
      await outbox.until('the records came again', () => outbox.records() > 10);
    }
    expect(await outbox.counts(addresses)).toEqual([1, 1]);
  }, 60_000);
});
