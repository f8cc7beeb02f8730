import { setTimeout as sleep } from 'node:timers/promises';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { sha256 } from '../../../../shared/platform/digest.ts';
import { holdFirst, peakOverlap, recordCalls } from '../../../support/call-log.ts';
import { testTable } from '../../../support/engine.ts';
import { useIdentity } from '../../../support/identity.ts';
import { signedCalls } from '../../../support/signed-calls.ts';

const quotaLists = z.object({ 'm:account.user': z.array(z.string()), 'account.user': z.array(z.number()) });

describe('the rate of a key', () => {
  const identity = useIdentity();
  const calls = () => signedCalls(identity());
  const statuses = (answers: readonly { status: number }[]): Record<number, number> =>
    Object.fromEntries([...Map.groupBy(answers, ({ status }) => status)].map(([one, group]) => [one, group.length]));

  it('is the one of a session, shared with the user’s other keys and sessions as a whole', async () => {
    const { freshKey, signed, userContainer, keys, call } = calls();
    const { holder, ...first } = await freshKey();
    const second = await keys.made(holder.token);
    identity().clock.advance(1_000);
    const now = identity().clock.now();
    const containers = [userContainer(), userContainer(), userContainer()];
    const send = (key: typeof first, count: number) =>
      Promise.all(
        Array.from({ length: count }, (_, at) =>
          signed(containers[at % 3] ?? userContainer(), key, { nonce: now + at }),
        ),
      );
    const answers = await send(first, 20);
    expect(statuses(answers)).toEqual({ 200: 15, 429: 5 });
    const refused = answers.find(({ status }) => status === 429);
    expect(refused).toMatchObject({ code: -429, headers: { 'retry-after': '1', 'ratelimit-remaining': '0' } });
    expect(statuses(await send(second, 10))).toEqual({ 200: 10 });
    const { token } = holder;
    const byToken = await Promise.all(
      Array.from({ length: 10 }, () => call(containers[0] ?? userContainer(), { headers: { token } })),
    );
    expect(statuses(byToken)).toEqual({ 200: 5, 429: 5 });
  });

  it('is spent by nobody who cannot sign', async () => {
    const { freshKey, signed, userContainer } = calls();
    const key = await freshKey();
    const handler = userContainer();
    const now = identity().clock.now();
    const send = (secret: string, count: number) =>
      Promise.all(Array.from({ length: count }, (_, at) => signed(handler, { ...key, secret }, { nonce: now + at })));
    const wrong = await send('wrong', 40);
    expect(statuses(wrong)).toEqual({ 401: 40 });
    expect(wrong[0]?.headers).not.toHaveProperty('ratelimit-limit');
    expect(statuses(await send(key.secret, 15))).toEqual({ 200: 15 });
  });

  /** What the counter keeps of a key's requests to the user's route. */
  const counted = async (apiKey: string) => {
    const { Items = [] } = await identity().engine.client.send(new ScanCommand({ TableName: testTable('ephemeral') }));
    const name = `s:${sha256(apiKey).slice(0, 16)}`;
    const item = Items.find((one) => String(one['pk']).startsWith('QUOTA#') && name in one);
    const { 'm:account.user': marks, 'account.user': times } = quotaLists.parse(item?.[name]);
    return { marks, times };
  };

  it('is spent once by all copies of a request, and refuses none of them, so that the one that is first is let in', async () => {
    const { freshKey, signed, userContainer } = calls();
    const key = await freshKey();
    const copies = 40;
    const containers = Array.from({ length: 4 }, () => userContainer());
    // Each container knows the key, and the second that this took is over.
    await Promise.all(containers.map((handler, at) => signed(handler, key, { nonce: identity().clock.now() - at })));
    identity().clock.advance(1_000);
    const { client } = identity().engine;
    const recorded = recordCalls(client);
    const held = holdFirst(client, 'QUOTA#', copies - 1);
    const nonce = identity().clock.now();
    const send = (at: number) => signed(containers[at % containers.length] ?? userContainer(), key, { nonce });
    const winning = send(0);
    await held.arrived;
    // The nonce is the first one's before any other asks.
    while (!recorded.some(({ operation }) => operation === 'PutItem')) await sleep(1);
    const losing = await Promise.all(Array.from({ length: copies - 1 }, (_, at) => send(at + 1)));
    const winner = await winning;
    held.remove();
    // All others were counted while the first one waited.
    expect(held.passed()).toBeGreaterThanOrEqual(copies - 1);
    expect(peakOverlap(recorded.filter(({ operation }) => operation === 'UpdateItem'))).toBeGreaterThan(15);
    expect(winner).toMatchObject({ status: 200, headers: { 'ratelimit-remaining': '14' } });
    expect(statuses(losing)).toEqual({ 401: copies - 1 });
    const others = Array.from({ length: 15 }, (_, at) => signed(userContainer(), key, { nonce: nonce + at + 1 }));
    expect(statuses(await Promise.all(others))).toEqual({ 200: 14, 429: 1 });
  });

  it('remembers no more requests than the limits look at, give or take a few, and copies of the last ones', async () => {
    const { freshKey, signed, userContainer } = calls();
    const key = await freshKey();
    const handler = userContainer();
    let sent = 0;
    for (let second = 0; second < 6; second += 1) {
      identity().clock.advance(1_000);
      const now = identity().clock.now();
      const batch = Array.from({ length: 15 }, (_, at) => signed(handler, key, { nonce: now + at }));
      sent += statuses(await Promise.all(batch))[200] ?? 0;
    }
    expect(sent).toBe(90);
    const { marks, times } = await counted(key.apiKey);
    expect(marks.length).toBe(times.length);
    expect(marks.length).toBeGreaterThanOrEqual(15);
    expect(marks.length).toBeLessThan(60);
    expect(new Set(marks).size).toBe(marks.length);
    identity().clock.advance(1_000);
    const nonce = identity().clock.now();
    const [first, again] = [await signed(handler, key, { nonce }), await signed(handler, key, { nonce })];
    expect([first.status, again.status]).toEqual([200, 401]);
    expect((await signed(handler, key, { nonce: nonce + 1 })).headers).toMatchObject({ 'ratelimit-remaining': '13' });
  });
});
