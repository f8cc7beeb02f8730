import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { journeyOn, somebody } from '../support/journey.ts';
import { serverTiming, startTestStack, type TestStack } from '../support/local-stack.ts';

let stack: TestStack;
let journey: ReturnType<typeof journeyOn>;

beforeAll(async () => {
  stack = await startTestStack();
  journey = journeyOn(stack);
}, 120_000);
afterEach(() => stack.fault({ service: 'dynamodb', mode: 'none' }));
afterAll(() => stack.stop());

describe('Server-Timing', () => {
  it('tells that there was no call, also when the gateway itself answers', async () => {
    const none = { calls: [], count: 0, sequential: 0 };
    expect(serverTiming(await stack.call('GET', '/v1/time'))).toEqual(none);
    const tooLarge = await stack.call('POST', '/v1/login', { body: 'x'.repeat(10 * 1024 * 1024 + 1) });
    expect([tooLarge.status, serverTiming(tooLarge)]).toEqual([413, none]);
  });

  it('tells each call by operation and table, with its time', async () => {
    const registered = await journey.register(somebody());
    expect(serverTiming(registered).calls).toEqual(
      expect.arrayContaining(['DeleteItem ephemeral', 'TransactWriteItems users outbox']),
    );
    expect(registered.headers['server-timing']).toMatch(/^aws;desc="\w+ \w+";dur=\d+\.\d, /);
  });

  it('shows parallel calls as one step once they take time: one to know the user, three to log him in', async () => {
    const person = somebody();
    const token = await journey.loggedIn(person);
    await stack.fault({ service: 'dynamodb', mode: 'slow', delayMs: 50 });
    const user = serverTiming(await stack.call('GET', '/v1/user', { headers: { token } }));
    expect(user).toMatchObject({ calls: expect.arrayContaining(['BatchGetItem users']), sequential: 1 });
    expect(await stack.struck('dynamodb')).toBe(user.count);
    const login = serverTiming(await journey.login(person));
    expect(login.count).toBeGreaterThan(3);
    expect(login.sequential).toBeLessThanOrEqual(3);
  });

  it('keeps apart requests at the same time, also of one caller’s trace', async () => {
    await stack.fault({ service: 'dynamodb', mode: 'slow', delayMs: 50 });
    const headers = { 'x-amzn-trace-id': 'Root=1-5759e988-bd862e3fe1be46a994272793' };
    const both = await Promise.all([1, 2].map(() => stack.call('GET', '/v1/captcha/image', { headers })));
    const { count, sequential } = serverTiming(await stack.call('GET', '/v1/captcha/image'));
    expect(both.map(serverTiming)).toMatchObject([
      { count, sequential },
      { count, sequential },
    ]);
  });
});
