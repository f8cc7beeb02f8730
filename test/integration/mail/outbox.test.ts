import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import type { Notice } from '../../../shared/mail/notices.ts';
import { type Engine, startEngine } from '../../support/engine.ts';
import { meetAt } from '../../support/call-log.ts';
import { testOutbox } from '../../support/outbox.ts';
import { testClock, testInbox, type TestResources } from '../../support/test-platform.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let engine: Engine;
let resources: TestResources;
let outbox: ReturnType<typeof testOutbox>;

beforeAll(async () => {
  engine = await startEngine();
  resources = { client: engine.client, clock: testClock(), inbox: testInbox(), lines: [] };
  outbox = testOutbox(resources);
});
afterAll(() => engine.stop());

beforeEach(async () => {
  Object.assign(resources.inbox, { refusing: false, rejecting: undefined });
  resources.inbox.mails.length = 0;
  resources.lines.length = 0;
  for (const { pk, sk } of await outbox.items()) await outbox.commit([outbox.table.delete({ pk, sk })]);
});

const notice = (): Notice => {
  const username = `u${randomBytes(6).toString('hex')}`;
  const to = `${username}@example.com`;
  return { kind: 'factor-bound', facts: { at: resources.clock.now() }, userId: username, username, to, locale: 'en' };
};

const queueMany = async (count: number): Promise<void> => {
  for (let index = 0; index < count; index += 1) await outbox.queue(notice());
};

const messages = (): readonly string[] =>
  resources.lines.map((line) => /"message":"(\w+)"/.exec(line)?.[1] ?? '').filter((message) => message !== 'JOB');

describe('a queued mail', () => {
  it('is sent once, with a link of its own, and is gone', async () => {
    const queued = notice();
    await outbox.queue(queued);
    expect(JSON.stringify(await outbox.items())).not.toContain('freeze');
    expect(await outbox.deliverAll()).toEqual(['sent']);
    const [mail, ...others] = resources.inbox.mails;
    expect(others).toEqual([]);
    expect(mail?.to).toBe(queued.to);
    expect(mail?.text).toMatch(/https:\/\/api\.example\.com\/v1\/user\/freeze\?code=[\w-]{43}\n/);
    expect(await outbox.items()).toEqual([]);
  });

  it('is sent once however often its record comes', async () => {
    await outbox.queue(notice());
    const [item] = await outbox.items();
    const key = { pk: item?.pk ?? '', sk: item?.sk ?? '' };
    const results = [await outbox.deliver(key), await outbox.deliver(key), await outbox.deliver(key)];
    expect(results).toEqual(['sent', 'gone', 'gone']);
    expect(resources.inbox.mails).toHaveLength(1);
  });

  it('is sent by one of 20 senders at the same time', async () => {
    await outbox.queue(notice());
    const [item] = await outbox.items();
    const key = { pk: item?.pk ?? '', sk: item?.sk ?? '' };
    const met = meetAt(engine.client, 'UpdateItem', 20);
    const results = await Promise.all(Array.from({ length: 20 }, () => outbox.deliver(key)));
    expect(met()).toBe(true);
    expect(results.filter((result) => result === 'sent')).toHaveLength(1);
    expect(results.filter((result) => result === 'taken')).toHaveLength(19);
    expect(resources.inbox.mails).toHaveLength(1);
  });

  it('waits after a failure, longer each time, and is sent when the provider is back', async () => {
    await outbox.queue(notice());
    resources.inbox.refusing = true;
    expect(await outbox.deliverAll()).toEqual(['postponed']);
    expect(await outbox.deliverAll()).toEqual(['taken']);
    resources.clock.advance(MINUTE);
    expect(await outbox.deliverAll()).toEqual(['postponed']);
    resources.inbox.refusing = false;
    resources.clock.advance(MINUTE - 1);
    expect(await outbox.deliverAll()).toEqual(['taken']);
    resources.clock.advance(MINUTE + 1);
    expect(await outbox.deliverAll()).toEqual(['sent']);
    expect(messages()).toEqual(['MAIL_NOT_SENT', 'MAIL_POSTPONED', 'MAIL_NOT_SENT', 'MAIL_POSTPONED', 'MAIL_SENT']);
  });

  it.each(['MessageRejected', 'InvalidParameterValue'])('is parked at once when SES says %s', async (said) => {
    await outbox.queue(notice());
    resources.inbox.rejecting = said;
    expect(await outbox.deliverAll()).toEqual(['parked']);
    resources.inbox.rejecting = undefined;
    resources.clock.advance(DAY);
    expect(await outbox.deliverAll()).toEqual(['parked']);
    expect(await outbox.sweep()).toMatchObject({ due: 0 });
    expect(resources.inbox.mails).toEqual([]);
    expect(await outbox.items()).toHaveLength(1);
    expect(messages()).toEqual(['MAIL_NOT_SENT', 'MAIL_PARKED']);
  });

  it('is parked after three days of failures', async () => {
    await outbox.queue(notice());
    resources.inbox.refusing = true;
    expect(await outbox.deliverAll()).toEqual(['postponed']);
    resources.clock.advance(3 * DAY);
    expect(await outbox.deliverAll()).toEqual(['parked']);
    expect(messages().at(-1)).toBe('MAIL_PARKED');
  });

  it('that nobody understands is parked, and sent once somebody does', async () => {
    await outbox.queue(notice());
    const [item] = await outbox.items();
    if (!item) throw new Error('The outbox is empty.');
    await outbox.commit([outbox.table.put({ ...item, kind: 'from-the-future' })]);
    expect(await outbox.deliverAll()).toEqual(['parked']);
    const [parked] = await outbox.items();
    await outbox.commit([outbox.table.put({ ...item, ...parked, kind: 'factor-bound' })]);
    expect(await outbox.deliverAll()).toEqual(['sent']);
  });
});

describe('the sweeper', () => {
  it('leaves young mails to the stream, and sends those that it lost', async () => {
    await queueMany(40);
    expect(await outbox.sweep()).toMatchObject({ due: 0, late: 0 });
    resources.clock.advance(MINUTE + 1);
    expect(await outbox.sweep()).toEqual({
      due: 40,
      sent: 40,
      postponed: 0,
      parked: 0,
      failed: 0,
      late: 0,
      oldestMs: MINUTE + 1,
    });
    expect(new Set(resources.inbox.mails.map(({ to }) => to)).size).toBe(40);
    expect(await outbox.items()).toEqual([]);
  });

  it('looks behind a page of mails that cannot be sent', async () => {
    const key = { pk: 'OUTBOX#3', leaseUntil: 0, nextAttemptAt: 0, attempts: 1, at: 0 };
    for (let index = 0; index < 101; index += 1) {
      const sk = `0000000000000#${String(index).padStart(3, '0')}`;
      await outbox.commit([outbox.table.put({ ...key, sk, ...notice(), parkedAt: 1, parkedFor: 'unsendable' })]);
    }
    await outbox.commit([outbox.table.put({ ...key, sk: '0000000000001#x', ...notice() })]);
    expect(await outbox.sweep()).toMatchObject({ due: 1, sent: 1 });
    expect(await outbox.items()).toHaveLength(101);
  });

  it('stops in time, and does the rest in the next sweep', async () => {
    await queueMany(30);
    resources.clock.advance(MINUTE + 1);
    resources.inbox.onMail = () => resources.clock.advance(2_000);
    const first = await outbox.sweep();
    resources.inbox.onMail = () => {};
    expect(first['sent']).toBeLessThan(30);
    expect(first['late']).toBeGreaterThan(0);
    expect(await outbox.sweep()).toMatchObject({ sent: 30 - (first['sent'] ?? 0), late: 0 });
  });
});
