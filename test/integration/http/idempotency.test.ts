import { describe, expect, it } from '@jest/globals';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod/mini';
import { defineEndpoint } from '../../../shared/contracts/endpoint.ts';
import { assemble } from '../../../shared/http/endpoint-handler.ts';
import { onceByKey } from '../../../shared/http/idempotency.ts';
import { HOUR, MINUTE } from '../../../shared/platform/clock.ts';
import { apiEvent, lambdaContext } from '../../support/api-event.ts';
import { delayCalls, meetAt, recordCalls, sequentialCalls } from '../../support/call-log.ts';
import { testTable } from '../../support/engine.ts';
import { useIdentity } from '../../support/identity.ts';
import { loggedInAs } from '../../support/logged-in.ts';
import { AMOUNT, spend, spending } from '../../support/spending.ts';
import { testFoundation } from '../../support/test-platform.ts';

const REFUSED = { ok: false, code: 'TWO_FACTOR_WRONG' } as const;

const envelope = z.object({ code: z.int(), msg: z.nullable(z.string()) });

const dataIn = (body: string): string => body.slice(body.indexOf('"data":'));

describe('Idempotency-Key', () => {
  const identity = useIdentity();

  const request = (token: string, key: string | undefined, body: object) =>
    apiEvent({
      method: 'POST',
      headers: {
        token,
        'accept-language': 'en',
        'content-type': 'application/json',
        ...(key !== undefined && { 'Idempotency-Key': key }),
      },
      body: JSON.stringify(body),
    });

  const caller = () => {
    const handler = assemble(spending, testFoundation(spending, identity().resources), spend, { once: onceByKey });
    return async (...args: Parameters<typeof request>) => {
      const { statusCode, headers, body } = await handler(request(...args), lambdaContext());
      return {
        status: statusCode,
        replayed: headers?.['idempotent-replayed'],
        data: dataIn(body),
        ...envelope.parse(JSON.parse(body)),
      };
    };
  };

  const effectsOf = async (token: string) => {
    const userId = token.split('_')[3];
    const { Items = [] } = await identity().engine.client.send(new ScanCommand({ TableName: testTable('ledger') }));
    const own = Items.filter(({ pk }) => pk === `SPENT#${userId}` || pk === `USER#${userId}`);
    return {
      times: Number(own.find(({ sk }) => sk === 'EFFECT')?.['times'] ?? 0),
      records: own.filter(({ sk }) => String(sk).startsWith('IDEMPOTENCY#')).length,
    };
  };

  const body = { twoFAcode: '111111', to: 'ann' };

  it('gives the first answer again, number by number, without a second effect, 11 minutes and 23 hours later', async () => {
    const token = await loggedInAs(identity());
    const call = caller();
    const first = await call(token, 'k', body);
    expect(first).toMatchObject({ status: 200, code: 1, replayed: undefined });
    expect(first.data).toContain(`"amount":${AMOUNT},"rate":1e-7,`);
    identity().clock.advance(11 * MINUTE);
    expect(await call(token, 'k', { to: 'ann', twoFAcode: '222222', times: 1 })).toEqual({
      ...first,
      replayed: 'true',
    });
    expect(await effectsOf(token)).toEqual({ times: 1, records: 1 });
  });

  it('forgets after 24 hours, also where the item is still there', async () => {
    const { clock, registerAs, attempt } = identity();
    await registerAs('forgetful');
    const call = caller();
    const login = async () => {
      const result = await attempt('forgetful');
      return result.ok ? result.token : '';
    };
    await call(await login(), 'k', body);
    clock.advance(24 * HOUR - MINUTE);
    const token = await login();
    expect(await call(token, 'k', body)).toMatchObject({ status: 200, replayed: 'true' });
    clock.advance(MINUTE);
    const other = { twoFAcode: '222222', to: 'bob' };
    expect(await call(token, 'k', other)).toMatchObject({ status: 200, replayed: undefined });
    expect(await call(token, 'k', other)).toMatchObject({ status: 200, replayed: 'true' });
    expect(await effectsOf(token)).toEqual({ times: 2, records: 1 });
  });

  it('refuses the same key with another body, path or method, and says so', async () => {
    const token = await loggedInAs(identity());
    await caller()(token, 'k', body);
    const other = await caller()(token, 'k', { ...body, to: 'bob' });
    expect(other).toMatchObject({ status: 409, code: -409, msg: expect.stringContaining('Idempotency-Key') });
    const elsewhere = defineEndpoint({ ...spending, path: '/v1/test/other' });
    const refuse = () => () => REFUSED;
    const handler = assemble(elsewhere, testFoundation(elsewhere, identity().resources), refuse, { once: onceByKey });
    expect(await handler(request(token, 'k', body), lambdaContext())).toMatchObject({ statusCode: 409 });
    expect(await effectsOf(token)).toEqual({ times: 1, records: 1 });
  });

  it('is not burnt by a refused request', async () => {
    const token = await loggedInAs(identity());
    const call = caller();
    expect(await call(token, 'k', { ...body, twoFAcode: '000000' })).toMatchObject({ code: 10027 });
    expect(await call(token, 'k', { ...body, to: 'bob' })).toMatchObject({ code: 1, replayed: undefined });
  });

  it('is each user’s own', async () => {
    const [ann, bob] = [await loggedInAs(identity()), await loggedInAs(identity())];
    const call = caller();
    await call(ann, 'k', body);
    expect(await call(bob, 'k', { ...body, to: 'x' })).toMatchObject({ code: 1, replayed: undefined });
  });

  it('keeps nothing where none is sent', async () => {
    const token = await loggedInAs(identity());
    const call = caller();
    expect(await call(token, undefined, body)).toMatchObject({ code: 1 });
    expect(await call(token, undefined, body)).toMatchObject({ code: 8 });
    expect(await effectsOf(token)).toEqual({ times: 1, records: 0 });
  });

  it.each(['', 'x'.repeat(256), 'tab\there', '鍵'])('is refused as %p, by name', async (key) => {
    const token = await loggedInAs(identity());
    const answer = await caller()(token, key, body);
    expect(answer).toMatchObject({ status: 400, code: -2, msg: expect.stringContaining('Idempotency-Key') });
    expect(await effectsOf(token)).toEqual({ times: 0, records: 0 });
  });

  it('is looked up in the round trip of the session, and a second time only after a refusal', async () => {
    const token = await loggedInAs(identity());
    const call = caller();
    const { client } = identity().engine;
    delayCalls(client, 30);
    const traced = async (key: string, sent: object) => {
      await sleep(0);
      const calls = recordCalls(client);
      await call(token, key, sent);
      return {
        sequential: sequentialCalls(calls),
        lookups: calls.filter(({ operation }) => operation === 'GetItem').length,
      };
    };
    await call(token, 'other', { ...body, twoFAcode: '333333' });
    const results = [
      await traced('k', body),
      await traced('k', body),
      await traced('x', { ...body, twoFAcode: '000000' }),
    ];
    client.middlewareStack.remove('delayCalls');
    expect(results).toEqual([
      { sequential: 2, lookups: 1 },
      { sequential: 1, lookups: 1 },
      { sequential: 2, lookups: 2 },
    ]);
  });
});

describe('two requests at once with one key', () => {
  const identity = useIdentity();

  const meeting = async (...bodies: readonly [object, object]) => {
    const token = await loggedInAs(identity());
    const handler = assemble(spending, testFoundation(spending, identity().resources), spend, { once: onceByKey });
    const headers = { token, 'content-type': 'application/json', 'idempotency-key': 'k' };
    const met = meetAt(identity().engine.client, 'TransactWriteItems', 2);
    const answers = await Promise.all(
      bodies.map((body) => handler(apiEvent({ method: 'POST', headers, body: JSON.stringify(body) }), lambdaContext())),
    );
    expect(met()).toBe(true);
    return answers;
  };

  it('have one effect and one answer where they ask for the same', async () => {
    const answers = await meeting({ twoFAcode: '111111', to: 'ann' }, { twoFAcode: '111111', to: 'ann' });
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    expect(new Set(answers.map(({ body }) => dataIn(body))).size).toBe(1);
    expect(answers.filter(({ headers }) => headers?.['idempotent-replayed'] === 'true')).toHaveLength(1);
  });

  it('have one effect where they ask for different things: the other is told of the key', async () => {
    const answers = await meeting({ twoFAcode: '111111', to: 'ann' }, { twoFAcode: '222222', to: 'bob' });
    expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 409]);
  });
});
