import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { journeyOn, type Person, somebody } from '../../support/journey.ts';
import { type ApiResponse, envelopeOf, startTestStack, type TestStack } from '../../support/local-stack.ts';

/** More calls to AWS than any of the steps makes. */
const MOST_CALLS = 20;

/** Of the envelope that the gateway gives in place of a function's answer. */
const INTERNAL_ERROR = -500;

/** After this, another code may be asked for. */
const PAUSE_MS = 61_000;

let stack: TestStack;
let journey: ReturnType<typeof journeyOn>;

beforeAll(async () => {
  stack = await startTestStack({ functionsAs: 'processes' });
  journey = journeyOn(stack);
}, 120_000);
afterAll(() => stack.stop());

const shiftClock = (offsetMs: number) => stack.call('POST', '/_local/clock', { body: { offsetMs } });

afterEach(() => shiftClock(0));

const codeOf = (response: ApiResponse): number => envelopeOf(response).code;

const kills = (): number => stack.logs().filter((line) => line.includes('exited with signal SIGKILL')).length;

/** Runs a step whose process dies after so many answered calls; returns whether it died before it could answer. */
const diesIn = async (operation: string, afterCalls: number, step: () => Promise<ApiResponse>): Promise<boolean> => {
  const functionName = `bitgin-local-${operation}`;
  const armed = await stack.call('POST', '/_local/kill', { body: { functionName, afterCalls } });
  expect(armed.status).toBe(200);
  const killsBefore = kills();
  const response = await step();
  const died = kills() > killsBefore;
  expect(codeOf(response)).toBe(died ? INTERNAL_ERROR : 1);
  return died;
};

const verifyAtOnce = async (person: Person): Promise<void> => {
  expect(codeOf(await journey.verify(person))).toBe(1);
};

/** What a person does when a step failed: waits, asks for another code, and goes on. */
const verifyAnew = async (person: Person): Promise<void> => {
  await shiftClock(PAUSE_MS);
  const sent = await journey.post('/v1/apply_verification_code', { loginName: person.username });
  expect(codeOf(sent)).toBe(1);
  await verifyAtOnce(person);
};

const statusOf = async (person: Person): Promise<unknown> => {
  const login = envelopeOf(await journey.login(person));
  expect(login.code).toBe(1);
  return login.data;
};

const expectActive = async (person: Person): Promise<void> => {
  const login = await journey.login(person);
  expect(envelopeOf(login)).toMatchObject({ code: 1, data: { userStatus: 1 } });
  const headers = { token: String(login.headers['token']) };
  const user = await stack.call('GET', '/v1/user', { headers });
  expect(envelopeOf(user)).toMatchObject({ code: 1, data: { username: person.username, userStatus: 1 } });
};

/** Kills between every two calls, with another person each time; returns how many kills there were. */
const killEverywhere = async (kill: (afterCalls: number) => Promise<boolean>): Promise<number> => {
  for (let calls = 0; calls < MOST_CALLS; calls += 1) {
    if (!(await kill(calls))) return calls;
    await shiftClock(0);
  }
  throw new Error(`The step still died after ${MOST_CALLS} calls.`);
};

describe('a function whose process is killed between any two calls to AWS', () => {
  it('register: the person registers again, or goes on with what was registered', async () => {
    const times = await killEverywhere(async (calls) => {
      const person = somebody();
      const died = await diesIn('auth-register', calls, () => journey.register(person));
      const again = codeOf(await journey.register(person));
      expect([1, 10_086, 10_013]).toContain(again);
      await verifyAtOnce(person);
      await expectActive(person);
      return died;
    });
    expect(times).toBeGreaterThanOrEqual(3);
  }, 120_000);

  it('verify: the same code, or another one, activates', async () => {
    const times = await killEverywhere(async (calls) => {
      const person = somebody();
      await journey.register(person);
      const died = await diesIn('auth-verify', calls, () => journey.verify(person));
      const again = died ? codeOf(await journey.verify(person)) : 1;
      expect([1, 10_022]).toContain(again);
      const status = await statusOf(person);
      if (again !== 1 && JSON.stringify(status).includes('"userStatus":4')) await verifyAnew(person);
      await expectActive(person);
      return died;
    });
    expect(times).toBeGreaterThanOrEqual(3);
  }, 120_000);

  it('login: logging in again works at once', async () => {
    const times = await killEverywhere(async (calls) => {
      const person = somebody();
      await journey.loggedIn(person);
      const died = await diesIn('auth-login', calls, () => journey.login(person));
      await expectActive(person);
      return died;
    });
    expect(times).toBeGreaterThanOrEqual(3);
  }, 120_000);

  it('leaves what the memory of each process is to be read', () => {
    const processes = stack.stack.processes();
    expect(processes.map(({ functionName }) => functionName)).toContain('bitgin-local-auth-login');
    for (const { peakRssBytes = 0 } of processes) expect(peakRssBytes).toBeGreaterThan(10 * 1_048_576);
  });

  it('can be killed from outside, which is answered as API Gateway does, and the next request is served', async () => {
    const person = somebody();
    const underWay = journey.register(person);
    await stack.stack.killWorker('bitgin-local-auth-register');
    expect([1, INTERNAL_ERROR]).toContain(codeOf(await underWay));
    expect(codeOf(await journey.register(somebody()))).toBe(1);
  });
});

describe('POST /_local/kill', () => {
  it.each([
    [{ functionName: 'bitgin-local-auth-login' }, 400, 'afterCalls'],
    [{ functionName: 'bitgin-local-auth-login', afterCalls: -1 }, 400, 'afterCalls'],
    [{ functionName: 'gone', afterCalls: 1 }, 404, 'bitgin-local-auth-login'],
  ])('refuses %j', async (body, status, said) => {
    const answer = await stack.call('POST', '/_local/kill', { body });
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body)).toContain(said);
  });
});
