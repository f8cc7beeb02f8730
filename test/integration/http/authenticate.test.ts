import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { loginStatus } from '../../../shared/contracts/endpoints/account/login-status.ts';
import { user } from '../../../shared/contracts/endpoints/account/user.ts';
import { login } from '../../../shared/contracts/endpoints/auth/login.ts';
import { logout } from '../../../shared/contracts/endpoints/auth/logout.ts';
import { defineEndpoint, type EndpointSpec } from '../../../shared/contracts/endpoint.ts';
import { assemble, type Bind, type LambdaHandler } from '../../../shared/http/endpoint-handler.ts';
import { newSession } from '../../../shared/identity/session-store.ts';
import { issueToken, tokenHash } from '../../../shared/identity/token.ts';
import { systemRandom } from '../../../shared/platform/random.ts';
import { apiEvent, lambdaContext } from '../../support/api-event.ts';
import { delayCalls, recordCalls, sequentialCalls } from '../../support/call-log.ts';
import { freshName, useIdentity } from '../../support/identity.ts';
import { testFoundation } from '../../support/test-platform.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** An endpoint outside chapters 3 and 4, which users who are not activated may not call. */
const elsewhere = defineEndpoint({ ...loginStatus, id: 'test.elsewhere', chapter: '9.3', auth: 'session' });

const status: Bind<typeof loginStatus> =
  () =>
  ({ caller }) => ({ ok: true, data: { isLogin: caller !== undefined } });

const envelope = z.object({ code: z.int(), data: z.unknown() });

describe('authentication', () => {
  const identity = useIdentity();

  const loggedIn = async (): Promise<string> => {
    const name = freshName();
    await identity().registerAs(name);
    const result = await identity().attempt(name);
    if (!result.ok) throw new Error('The user cannot log in.');
    return result.token;
  };

  const call = async (handler: LambdaHandler, headers: Record<string, string>, method = 'GET') => {
    const response = await handler(apiEvent({ headers, method }), lambdaContext());
    return { status: response.statusCode, ...envelope.parse(JSON.parse(response.body)) };
  };

  const handlerOf = <E extends EndpointSpec>(endpoint: E, bind: Bind<NoInfer<E>>): LambdaHandler =>
    assemble(endpoint, testFoundation(endpoint, identity().resources), bind);
  const userHandler = () =>
    handlerOf(user, () => ({ caller }) => ({
      ok: true,
      data: { ...user.example.data, username: caller.user.username },
    }));
  const statusHandler = () => handlerOf(loginStatus, status);

  it('takes the token from the header, else from the cookie', async () => {
    const token = await loggedIn();
    expect(await call(userHandler(), { token })).toMatchObject({ status: 200, code: 1 });
    expect(await call(userHandler(), { Cookie: `a=b; token=${token}` })).toMatchObject({ status: 200, code: 1 });
    expect(await call(userHandler(), { token: 'bad', cookie: `token=${token}` })).toMatchObject({ status: 401 });
  });

  it.each([
    ['no token', {}],
    ['a malformed one', { token: 'x' }],
    ['an unknown one', { token: issueToken('a'.repeat(32), systemRandom) }],
  ])('answers %s with 401 / 10002, and an optional route as nobody', async (_, headers) => {
    expect(await call(userHandler(), headers)).toMatchObject({ status: 401, code: 10002, data: null });
    expect(await call(statusHandler(), headers)).toMatchObject({ status: 200, data: { isLogin: false } });
  });

  it('knows who is calling, and counts it, in one round trip, and in two where it writes "last seen"', async () => {
    const token = await loggedIn();
    const handler = userHandler();
    const { client } = identity().engine;
    delayCalls(client, 50);
    const traced = async () => {
      const calls = recordCalls(client);
      expect(await call(handler, { token })).toMatchObject({ status: 200 });
      return { operations: calls.map(({ operation }) => operation).toSorted(), sequential: sequentialCalls(calls) };
    };
    const first = await traced();
    const second = await traced();
    identity().clock.advance(MINUTE);
    const sliding = await traced();
    client.middlewareStack.remove('delayCalls');
    expect(first).toEqual({ operations: ['BatchGetItem', 'UpdateItem'], sequential: 1 });
    expect(second).toEqual({ operations: ['BatchGetItem', 'UpdateItem'], sequential: 1 });
    expect(sliding).toEqual({ operations: ['BatchGetItem', 'UpdateItem', 'UpdateItem'], sequential: 2 });
  });

  it('keeps a used session alive past the hour, lets an idle one end, and ends every one after a day', async () => {
    const token = await loggedIn();
    const idle = await loggedIn();
    const handler = userHandler();
    for (let passed = 0; passed < 24 * HOUR - 50 * MINUTE; passed += 50 * MINUTE) {
      identity().clock.advance(50 * MINUTE);
      expect(await call(handler, { token })).toMatchObject({ status: 200 });
    }
    expect(await call(handler, { token: idle })).toMatchObject({ status: 401 });
    identity().clock.advance(50 * MINUTE);
    expect(await call(handler, { token })).toMatchObject({ status: 401, code: 10002 });
  });

  it('answers although "last seen" cannot be written', async () => {
    const token = await loggedIn();
    identity().clock.advance(2 * MINUTE);
    const handler = userHandler();
    identity().engine.client.middlewareStack.add(
      (next) => (input) =>
        JSON.stringify(input).includes('lastSeenAt') ? Promise.reject(new Error('down')) : next(input),
      { step: 'initialize', name: 'updatesFail' },
    );
    const answer = await call(handler, { token });
    identity().engine.client.middlewareStack.remove('updatesFail');
    expect(answer).toMatchObject({ status: 200 });
    expect(identity().resources.lines.join()).toContain('SESSION_NOT_EXTENDED');
  });

  it('opens chapters 3 and 4 to a user who is not activated, and nothing else', async () => {
    const token = await loggedIn();
    expect(await call(userHandler(), { token })).toMatchObject({ status: 200 });
    expect(
      await call(
        handlerOf(elsewhere, () => () => ({ ok: true, data: { isLogin: true } })),
        { token },
      ),
    ).toMatchObject({ status: 403, code: -403 });
  });

  it('lets a session that owes its second factor log out, and do nothing else', async () => {
    const full = await loggedIn();
    const caller = await identity().callerOf(full);
    if (!caller) throw new Error('The user is not logged in.');
    const { platform } = testFoundation(login, identity().resources);
    const token = issueToken(caller.user.userId, systemRandom);
    const session = { ...caller.session, sessionId: tokenHash(token), pending: true };
    await platform.commit([newSession(platform.tables.users, session)]);
    expect(await call(userHandler(), { token })).toMatchObject({ status: 403, code: 10070 });
    expect(await call(statusHandler(), { token })).toMatchObject({ status: 200, data: { isLogin: false } });
    const goodbye = handlerOf(logout, () => () => ({ ok: true, data: null }));
    expect(await call(goodbye, { token }, 'POST')).toMatchObject({ status: 200 });
    identity().clock.advance(10 * MINUTE);
    expect(await call(goodbye, { token }, 'POST')).toMatchObject({ status: 401 });
  });

  it('answers 503, not 401, when the store is not there', async () => {
    const token = await loggedIn();
    const handler = userHandler();
    identity().engine.client.middlewareStack.add(
      () => () => Promise.reject(Object.assign(new Error('down'), { name: 'TimeoutError' })),
      { step: 'initialize', name: 'storeFails' },
    );
    const answer = await call(handler, { token });
    identity().engine.client.middlewareStack.remove('storeFails');
    expect(answer).toMatchObject({ status: 503, code: -503 });
  });
});
