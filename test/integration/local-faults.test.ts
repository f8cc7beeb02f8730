import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { journeyOn, somebody } from '../support/journey.ts';
import { envelopeOf, startTestStack, type TestStack } from '../support/local-stack.ts';

const REGISTER = 'bitgin-local-auth-register';
const TRANSACTION = { service: 'dynamodb', functionName: REGISTER, operation: 'TransactWriteItems' };

let stack: TestStack;
let journey: ReturnType<typeof journeyOn>;

beforeAll(async () => {
  stack = await startTestStack();
  journey = journeyOn(stack);
}, 120_000);
afterEach(async () => {
  for (const service of ['dynamodb', 'ses']) await stack.fault({ service, mode: 'none' });
  await stack.call('POST', '/_local/clock', { body: { offsetMs: 0 } });
});
afterAll(() => stack.stop());

/** Until calls of SES have been struck so often: mails follow what they tell of. */
const struckBySes = async (times: number): Promise<void> => {
  const deadline = performance.now() + 15_000;
  while ((await stack.struck('ses')) < times && performance.now() < deadline) await sleep(50);
};

const applyForCode = async (loginName: string) =>
  journey.post('/v1/apply_verification_code', { loginName, ...(await journey.captcha()) });

describe('the lever', () => {
  it('shows the present faults, one for each service', async () => {
    await stack.fault({ service: 'dynamodb', mode: 'slow' });
    await stack.fault({ service: 'dynamodb', mode: 'fail', rate: 0 });
    await stack.fault({ service: 'ses', mode: 'throttle', rate: 0.5, seed: 7 });
    const { body } = await stack.call('GET', '/_local/faults');
    expect(body).toEqual({
      faults: [
        { service: 'dynamodb', mode: 'fail', rate: 0, delayMs: 1000, struck: 0 },
        { service: 'ses', mode: 'throttle', rate: 0.5, delayMs: 1000, seed: 7, struck: 0 },
      ],
    });
  });

  it.each([
    ['an unknown mode', { service: 'ses', mode: 'explode' }, 'mode: Invalid option'],
    ['a rate that is a percentage', { service: 'ses', mode: 'fail', rate: 50 }, 'rate: Too big'],
    ['a mode of another service', { service: 's3', mode: 'stale' }, 'conflict and stale exist for dynamodb only'],
    ['a misspelt member', { service: 's3', mode: 'fail', rates: 1 }, 'Unrecognized key: "rates"'],
    ['no body', undefined, 'Got no body'],
  ])('answers %s with what to send', async (_what, body, problem) => {
    const answer = await stack.call('POST', '/_local/faults', { body });
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({ error: expect.stringContaining(problem) });
    expect(answer.body).toEqual({ error: expect.stringContaining('Send {"service"') });
  });
});

describe('DynamoDB', () => {
  it.each(['fail', 'throttle', 'lostResponse'])(
    'that does %s makes the service unavailable, and says so',
    async (mode) => {
      await stack.fault({ service: 'dynamodb', mode });
      const answer = await stack.call('GET', '/v1/captcha/image');
      expect([answer.status, envelopeOf(answer).code]).toEqual([503, -503]);
      expect(await stack.struck('dynamodb')).toBeGreaterThanOrEqual(3);
      await stack.fault({ service: 'dynamodb', mode: 'none' });
      expect((await stack.call('GET', '/v1/captcha/image')).status).toBe(200);
    },
  );

  it.each(['conflict', 'throttle', 'lostResponse', 'fail'])('that sometimes does %s is asked again', async (mode) => {
    await stack.fault({ ...TRANSACTION, mode, rate: 0.5, seed: 2 });
    expect(envelopeOf(await journey.register(somebody()))).toMatchObject({ code: 1 });
    expect(await stack.struck('dynamodb')).toBeGreaterThan(0);
  });

  it('whose conflicts do not end makes the service unavailable, with nothing written', async () => {
    const person = somebody();
    await stack.fault({ ...TRANSACTION, mode: 'conflict' });
    expect(envelopeOf(await journey.register(person)).code).toBe(-503);
    expect(await stack.struck('dynamodb')).toBeGreaterThan(3);
    await stack.fault({ service: 'dynamodb', mode: 'none' });
    expect(envelopeOf(await journey.register(person)).code).toBe(1);
  });

  it('that loses the answer to a registration leaves a user whom the mail reaches all the same', async () => {
    const person = somebody();
    await stack.fault({ ...TRANSACTION, mode: 'lostResponse' });
    expect(envelopeOf(await journey.register(person)).code).toBe(-503);
    // The SDK's three attempts, again and again until it is settled or the time for it is over.
    expect(await stack.struck('dynamodb')).toBeGreaterThan(3);
    await stack.fault({ service: 'dynamodb', mode: 'none' });
    expect(envelopeOf(await journey.verify(person))).toMatchObject({ code: 1 });
    expect(envelopeOf(await journey.login(person))).toMatchObject({ code: 1, data: { userStatus: 1 } });
  });

  it('whose reads are behind does not matter to anybody, since what must be fresh is read so', async () => {
    await stack.fault({ service: 'dynamodb', mode: 'stale' });
    const token = await journey.loggedIn();
    expect((await stack.call('GET', '/v1/user', { headers: { token } })).status).toBe(200);
    await stack.call('POST', '/v1/logout', { headers: { token } });
    expect((await stack.call('GET', '/v1/user', { headers: { token } })).status).toBe(401);
    expect(await stack.struck('dynamodb')).toBe(0);
  });
});

describe('SES', () => {
  it.each(['fail', 'throttle'])(
    'that does %s leaves the registration standing and answers 10063 to who asks again',
    async (mode) => {
      const person = somebody();
      await stack.fault({ service: 'ses', mode });
      expect(envelopeOf(await journey.register(person)).code).toBe(1);
      await struckBySes(3);
      const refused = await applyForCode(person.username);
      expect(envelopeOf(refused)).toMatchObject({ code: 10063, success: false });
      expect(await stack.struck('ses')).toBe(6);
      await stack.fault({ service: 'ses', mode: 'none' });
      expect(envelopeOf(await applyForCode(person.username)).code).toBe(1);
      expect(envelopeOf(await journey.verify(person)).code).toBe(1);
    },
  );

  it('that takes a mail but loses its answer may send it more than once', async () => {
    const person = somebody();
    await stack.fault({ service: 'ses', mode: 'lostResponse' });
    expect(envelopeOf(await journey.register(person)).code).toBe(1);
    await struckBySes(3);
    expect((await stack.outbox()).emails.filter(({ to }) => to === person.email)).toHaveLength(3);
  });
});
