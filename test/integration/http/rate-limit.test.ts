import { GetCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { user } from '../../../shared/contracts/endpoints/account/user.ts';
import { defineEndpoint } from '../../../shared/contracts/endpoint.ts';
import { assemble, type LambdaHandler } from '../../../shared/http/endpoint-handler.ts';
import { issueToken } from '../../../shared/identity/token.ts';
import { systemRandom } from '../../../shared/platform/random.ts';
import { apiEvent, lambdaContext } from '../../support/api-event.ts';
import { testTable } from '../../support/engine.ts';
import { freshName, useIdentity } from '../../support/identity.ts';
import { testFoundation } from '../../support/test-platform.ts';

const routes = ['one', 'two', 'three', 'four'].map((name) => defineEndpoint({ ...user, id: `test.${name}` }));

const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

describe('rate limits', () => {
  const identity = useIdentity();

  const registered = async (): Promise<string> => {
    const name = freshName();
    await identity().registerAs(name);
    return name;
  };
  const tokenOf = async (name: string): Promise<string> => {
    const result = await identity().attempt(name);
    if (!result.ok) throw new Error('The user cannot log in.');
    return result.token;
  };

  /** A container of its own for a route, as Lambda starts one. */
  const container = (endpoint = routes[0]): LambdaHandler => {
    if (!endpoint) throw new Error('There is no such route.');
    const foundation = testFoundation(endpoint, identity().resources);
    return assemble(endpoint, foundation, () => () => ({ ok: true, data: user.example.data }));
  };
  const call = (handler: LambdaHandler, token: string) => handler(apiEvent({ headers: { token } }), lambdaContext());
  const statuses = (responses: readonly { statusCode: number }[]): Record<number, number> => {
    const groups = Map.groupBy(responses, ({ statusCode }) => statusCode);
    return Object.fromEntries([...groups].map(([status, group]) => [status, group.length]));
  };

  it('lets 15 requests of a session to a route through in a second, over any number of containers', async () => {
    const token = await tokenOf(await registered());
    const containers = times(5, () => container());
    const responses = await Promise.all(containers.flatMap((handler) => times(8, () => call(handler, token))));
    expect(statuses(responses)).toEqual({ 200: 15, 429: 25 });
    identity().clock.advance(999);
    expect((await call(container(), token)).statusCode).toBe(429);
    identity().clock.advance(1);
    expect(statuses(await Promise.all(times(20, () => call(container(), token))))).toEqual({ 200: 15, 429: 5 });
  });

  it('is exact in any rolling second, not by the clock’s seconds', async () => {
    const token = await tokenOf(await registered());
    const handler = container();
    const sent = async (count: number) => statuses(await Promise.all(times(count, () => call(handler, token))));
    expect(await sent(10)).toEqual({ 200: 10 });
    identity().clock.advance(600);
    expect(await sent(10)).toEqual({ 200: 5, 429: 5 });
    identity().clock.advance(400);
    expect(await sent(15)).toEqual({ 200: 10, 429: 5 });
    identity().clock.advance(600);
    expect(await sent(15)).toEqual({ 200: 5, 429: 10 });
  });

  it('tells limit, rest and wait on every answer', async () => {
    const token = await tokenOf(await registered());
    const handler = container();
    const first = await call(handler, token);
    expect(first.headers).toMatchObject({
      'ratelimit-limit': '15',
      'ratelimit-remaining': '14',
      'ratelimit-reset': '1',
    });
    await Promise.all(times(14, () => call(handler, token)));
    const refused = await call(handler, token);
    expect(refused.statusCode).toBe(429);
    expect(refused.headers).toMatchObject({ 'ratelimit-remaining': '0', 'retry-after': '1' });
    expect(JSON.parse(refused.body)).toMatchObject({ code: -429, data: null, success: false });
  });

  it('lets 30 requests of a user through, over sessions and routes', async () => {
    const name = await registered();
    const tokens = [await tokenOf(name), await tokenOf(name), await tokenOf(name)];
    const responses = await Promise.all(
      tokens.flatMap((token) => routes.flatMap((route) => times(10, () => call(container(route), token)))),
    );
    expect(statuses(responses)).toEqual({ 200: 30, 429: 90 });
    const stranger = await tokenOf(await registered());
    expect((await call(container(), stranger)).statusCode).toBe(200);
  });

  it('lets nobody spend another user’s quota with a forged token', async () => {
    const token = await tokenOf(await registered());
    const userId = /LOGIN_([0-9a-f]{32})_/.exec(token)?.[1] ?? '';
    const forged = times(50, () => issueToken(userId, systemRandom));
    const handler = container();
    expect(statuses(await Promise.all(forged.map((one) => call(handler, one))))).toEqual({ 401: 50 });
    expect(statuses(await Promise.all(times(15, () => call(handler, token))))).toEqual({ 200: 15 });
  });

  it('lets a session in again that the counter forgot', async () => {
    const name = await registered();
    const oldest = await tokenOf(name);
    for (let logins = 0; logins < 41; logins += 1) {
      identity().clock.advance(1);
      await tokenOf(name);
    }
    expect(statuses(await Promise.all(times(20, () => call(container(), oldest))))).toEqual({ 200: 15, 429: 5 });
  });

  it('forgets beside a first request all but the five newest of the sessions that were quiet, and lets them in again', async () => {
    const name = await registered();
    const tokens: string[] = [];
    for (let logins = 0; logins < 8; logins += 1) {
      identity().clock.advance(1);
      tokens.push(await tokenOf(name));
    }
    await Promise.all(tokens.map((token) => call(container(), token)));
    const [oldest = ''] = tokens;
    const sessions = async () => {
      const userId = /LOGIN_([0-9a-f]{32})_/.exec(oldest)?.[1] ?? '';
      const Key = { pk: `QUOTA#${userId}`, sk: 'QUOTA' };
      const { Item = {} } = await identity().engine.client.send(
        new GetCommand({ TableName: testTable('ephemeral'), Key }),
      );
      return Object.keys(Item).filter((field) => field.startsWith('s:')).length;
    };
    expect(await sessions()).toBe(8);
    identity().clock.advance(11 * 60_000);
    const newest = await tokenOf(name);
    expect(await sessions()).toBe(9);
    expect((await call(container(), newest)).statusCode).toBe(200);
    expect(await sessions()).toBe(5);
    // By itself: requests beside it may keep it from forgetting another session in its turn.
    expect((await call(container(), oldest)).statusCode).toBe(200);
    expect(await sessions()).toBe(5);
    expect(statuses(await Promise.all(times(20, () => call(container(), oldest))))).toEqual({ 200: 14, 429: 6 });
    expect(await sessions()).toBe(5);
  });

  it('keeps no more times than the limits look at, give or take a few, and stays exact while it forgets', async () => {
    const name = await registered();
    const token = await tokenOf(name);
    const handler = container();
    for (let second = 0; second < 12; second += 1) {
      identity().clock.advance(1000);
      expect(statuses(await Promise.all(times(16, () => call(handler, token))))).toEqual({ 200: 15, 429: 1 });
    }
    const { Items = [] } = await identity().engine.client.send(new ScanCommand({ TableName: testTable('ephemeral') }));
    const userId = /LOGIN_([0-9a-f]{32})_/.exec(token)?.[1] ?? '';
    const counter = z.object({ query: z.array(z.number()) }).parse(Items.find(({ pk }) => pk === `QUOTA#${userId}`));
    expect(counter.query.length).toBeGreaterThanOrEqual(30);
    expect(counter.query.length).toBeLessThan(100);
  });

  it('is not held up by times that lie ahead, once the clock was set back', async () => {
    const name = await registered();
    const token = await tokenOf(name);
    const handler = container();
    identity().clock.advance(1_800_000);
    expect(statuses(await Promise.all(times(20, () => call(handler, token))))).toEqual({ 200: 15, 429: 5 });
    identity().clock.advance(-1_800_000);
    for (let second = 0; second < 3; second += 1) {
      expect(statuses(await Promise.all(times(20, () => call(handler, token))))).toEqual({ 200: 15, 429: 5 });
      identity().clock.advance(1000);
    }
  });

  it('answers 503 when it cannot count, and lets nothing through', async () => {
    const token = await tokenOf(await registered());
    const handler = container();
    const { middlewareStack } = identity().engine.client;
    middlewareStack.add(
      (next) => (input) =>
        JSON.stringify(input).includes('test-ephemeral')
          ? Promise.reject(Object.assign(new Error('down'), { name: 'ResourceNotFoundException' }))
          : next(input),
      { step: 'initialize', name: 'countersFail' },
    );
    const response = await call(handler, token);
    middlewareStack.remove('countersFail');
    expect(response.statusCode).toBe(503);
    expect(identity().resources.lines.join()).toContain('COUNTER_FAILED');
  });
});
