import { describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { parseLine, somebody } from '../../support/journey.ts';
import { useJourney } from '../../support/use-journey.ts';
import { type ApiResponse } from '../../support/local-stack.ts';

const counted = z.object({
  message: z.literal('REQUEST'),
  endpoint: z.string(),
  status: z.literal(200),
  countedAt: z.int(),
});

/** The most of these times that lie within any one second. */
const mostInASecond = (times: readonly number[]): number =>
  Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + 1000).length));

describe('rate limits through the gateway, by the times at which the functions decided', () => {
  const live = useJourney();

  /** When requests were let through that were logged since line `from`. */
  const passedSince = (from: number): readonly number[] =>
    live.stack
      .logs()
      .slice(from)
      .flatMap((line) => {
        const parsed = counted.safeParse(parseLine(line));
        return parsed.success ? [parsed.data.countedAt] : [];
      });

  /** Sends `perSecond` requests a second for `seconds`, whatever the answers take. */
  const steadily = async (perSecond: number, seconds: number, send: (index: number) => Promise<ApiResponse>) => {
    const responses: Promise<ApiResponse>[] = [];
    const startedAt = performance.now();
    for (let index = 0; index < perSecond * seconds; index += 1) {
      const due = startedAt + (index * 1000) / perSecond;
      if (due > performance.now()) await sleep(due - performance.now());
      responses.push(send(index));
    }
    return Promise.all(responses);
  };

  it('let 15 a second through on a route of 100 a second sent, for ten seconds', async () => {
    const token = await live.journey.loggedIn();
    // Starting eight workers takes the better part of a second, which is not what is measured.
    await Promise.all(Array.from({ length: 64 }, () => live.stack.call('GET', '/v1/user', { headers: { token } })));
    await sleep(1100);
    let most = 0;
    // How many get through also depends on a machine that keeps up; that no second has more than 15 does not.
    for (let run = 0; run < 3 && most < 140; run += 1) {
      const from = live.stack.logs().length;
      const responses = await steadily(100, 10, () => live.stack.call('GET', '/v1/user', { headers: { token } }));
      const passed = passedSince(from);
      expect(passed).toHaveLength(responses.filter(({ status }) => status === 200).length);
      expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200, 429]));
      expect(mostInASecond(passed)).toBeLessThanOrEqual(15);
      most = Math.max(most, passed.length);
    }
    expect(most).toBeGreaterThanOrEqual(140);
  }, 60_000);

  it('let 30 a second through for a user, over three sessions and many routes', async () => {
    const person = somebody();
    const first = await live.journey.loggedIn(person);
    const others = [await live.journey.login(person), await live.journey.login(person)].map(({ headers }) =>
      String(headers['token']),
    );
    const tokens = [first, ...others];
    const routes = ['/v1/user', '/v1/user/login_log', '/v1/user/sessions'];
    const from = live.stack.logs().length;
    const responses = await steadily(150, 4, (index) =>
      live.stack.call('GET', routes[index % 3] ?? '', { headers: { token: tokens[Math.floor(index / 3) % 3] ?? '' } }),
    );
    const passed = passedSince(from);
    expect(responses.some(({ status }) => status === 429)).toBe(true);
    expect(mostInASecond(passed)).toBeLessThanOrEqual(30);
    expect(passed.length).toBeGreaterThanOrEqual(100);
  });
});
