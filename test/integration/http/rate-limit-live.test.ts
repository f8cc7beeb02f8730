import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { journeyOn, parseLine, somebody } from '../../support/journey.ts';
import { type ApiResponse, startTestStack, type TestStack } from '../../support/local-stack.ts';

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
  let stack: TestStack;
  let journey: ReturnType<typeof journeyOn>;

  beforeAll(async () => {
    stack = await startTestStack();
    journey = journeyOn(stack);
  });
  afterAll(async () => {
    await stack.stop();
  });

  /** When requests were let through that were logged since line `from`. */
  const passedSince = (from: number): readonly number[] =>
    stack
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
    const token = await journey.loggedIn();
    const from = stack.logs().length;
    const responses = await steadily(100, 10, () => stack.call('GET', '/v1/user', { headers: { token } }));
    const passed = passedSince(from);
    expect(passed).toHaveLength(responses.filter(({ status }) => status === 200).length);
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200, 429]));
    expect(mostInASecond(passed)).toBeLessThanOrEqual(15);
    expect(passed.length).toBeGreaterThanOrEqual(140);
  });

  it('let 30 a second through for a user, over three sessions and many routes', async () => {
    const person = somebody();
    const first = await journey.loggedIn(person);
    const others = [await journey.login(person), await journey.login(person)].map(({ headers }) =>
      String(headers['token']),
    );
    const tokens = [first, ...others];
    const routes = ['/v1/user', '/v1/user/login_log', '/v1/user/sessions'];
    const from = stack.logs().length;
    const responses = await steadily(150, 4, (index) =>
      stack.call('GET', routes[index % 3] ?? '', { headers: { token: tokens[Math.floor(index / 3) % 3] ?? '' } }),
    );
    const passed = passedSince(from);
    expect(responses.some(({ status }) => status === 429)).toBe(true);
    expect(mostInASecond(passed)).toBeLessThanOrEqual(30);
    expect(passed.length).toBeGreaterThanOrEqual(100);
  });
});
