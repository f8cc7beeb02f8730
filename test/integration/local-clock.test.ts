import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { dynamoDbClient, OPERATOR } from '../../infra/local/emulators/emulators.ts';
import { accessKeyOf } from '../../infra/local/workers/access-key.ts';
import { journeyOn, somebody } from '../support/journey.ts';
import { envelopeOf, startTestStack, type TestStack } from '../support/local-stack.ts';

const DAY = 24 * 3_600_000;
const MINUTE = 60_000;

let stack: TestStack;
let journey: ReturnType<typeof journeyOn>;

beforeAll(async () => {
  stack = await startTestStack();
  journey = journeyOn(stack);
}, 120_000);
afterAll(() => stack.stop());

const shift = (body: unknown) => stack.call('POST', '/_local/clock', { body });

afterEach(async () => {
  await shift({ offsetMs: 0 });
});

const near = (time: unknown, offsetMs: number): void =>
  expect(Math.abs(Number(time) - Date.now() - offsetMs)).toBeLessThan(20_000);

describe('POST /_local/clock', () => {
  it('shifts what functions, envelopes and the gateway tell, and back', async () => {
    for (const offsetMs of [400 * DAY, -2 * DAY, 0]) {
      const set = await shift({ offsetMs });
      expect(set).toMatchObject({ status: 200, body: { offsetMs, now: expect.any(Number) } });
      const answer = envelopeOf(await stack.call('GET', '/v1/time'));
      near(answer.data, offsetMs);
      near(answer.time, offsetMs);
      near(z.object({ now: z.number() }).parse((await stack.call('GET', '/_local/clock')).body).now, offsetMs);
      // The gateway itself answers this one.
      const tooLarge = await stack.call('POST', '/v1/login', { body: 'x'.repeat(10_485_761) });
      near(envelopeOf(tooLarge).time, offsetMs);
    }
  });

  it('takes mails, tokens and expiry along, over calls that AWS signs by the time', async () => {
    await shift({ offsetMs: 3 * DAY });
    const person = somebody();
    const token = await journey.loggedIn(person);
    near((await journey.mailTo(person.email)).at, 3 * DAY);
    expect((await stack.call('GET', '/v1/user', { headers: { token } })).status).toBe(200);
    await shift({ offsetMs: 400 * DAY });
    expect((await stack.call('GET', '/v1/user', { headers: { token } })).status).toBe(401);
  });

  it('ends what expires: a code is worthless six minutes later', async () => {
    const person = somebody();
    await journey.register(person);
    await journey.mailTo(person.email);
    await shift({ offsetMs: 6 * MINUTE });
    expect(envelopeOf(await journey.verify(person)).code).toBe(10_022);
    await shift({ offsetMs: 0 });
    expect(envelopeOf(await journey.verify(person)).code).toBe(1);
  });

  it('writes time-to-live attributes by the shifted time', async () => {
    await shift({ offsetMs: 10 * DAY });
    const { captchaId } = await journey.captcha();
    const { application, endpoints } = stack.stack;
    const client = dynamoDbClient(endpoints.dynamodb, application.region, accessKeyOf(OPERATOR));
    const TableName = application.tables.find(({ name }) => name.endsWith('ephemeral'))?.name;
    const Key = { pk: { S: `CAPTCHA#${captchaId}` }, sk: { S: 'CAPTCHA' } };
    const { Item } = await client.send(new GetItemCommand({ TableName, Key }));
    client.destroy();
    near(Number(Item?.['ttl']?.N) * 1000, 10 * DAY + 5 * MINUTE);
  });

  it.each([
    [undefined, 'no body'],
    [{}, 'offsetMs'],
    [{ offsetMs: '60000' }, 'expected number'],
    [{ offsetMs: 1.5 }, 'expected int'],
    [{ offsetMs: 1e15 }, 'offsetMs'],
    [{ offsetMs: 0, other: 1 }, 'other'],
    ['{"offsetMs":', 'no JSON'],
  ])('refuses %j and says what to send', async (body, said) => {
    const answer = await stack.call('POST', '/_local/clock', body === undefined ? {} : { body });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toContain(said);
    expect((await stack.call('GET', '/_local/clock')).body).toMatchObject({ offsetMs: 0 });
  });
});
