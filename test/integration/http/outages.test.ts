import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { journeyOn, type Person, somebody } from '../../support/journey.ts';
import {
  type ApiResponse,
  envelopeOf,
  serverTiming,
  startTestStack,
  type TestStack,
} from '../../support/local-stack.ts';

let stack: TestStack;
let journey: ReturnType<typeof journeyOn>;

beforeAll(async () => {
  stack = await startTestStack({ stage: 'test' });
  journey = journeyOn(stack);
}, 120_000);
afterEach(() => stack.fault({ service: 'dynamodb', mode: 'none' }));
afterAll(() => stack.stop());

/** A step of a person. */
interface Step {
  /** Everything before it, so that an outage strikes nothing else; gives the step itself. */
  readonly prepare: (person: Person) => Promise<() => Promise<ApiResponse>>;
  /** The same step after an outage. */
  readonly again: (person: Person) => Promise<ApiResponse>;
}

const STEPS: Readonly<Record<string, Step>> = {
  register: {
    prepare: async (person) => {
      const captcha = await journey.captcha();
      return () => journey.post('/v1/register', { ...person, ...captcha });
    },
    again: async (person) => {
      const answer = await journey.register(person);
      await journey.verify(person);
      return answer;
    },
  },
  verify: {
    prepare: async (person) => {
      await journey.register(person);
      const code = await journey.mailedCode(person.email);
      return () => journey.post('/v1/verify', { loginName: person.username, code });
    },
    again: (person) => journey.verify(person),
  },
  login: {
    prepare: async (person) => {
      await journey.register(person);
      await journey.verify(person);
      return () => journey.login(person);
    },
    again: (person) => journey.login(person),
  },
};

/** The operations of DynamoDB that each step calls, as it tells itself. */
const operationsByStep = async (): Promise<ReadonlyMap<string, readonly string[]>> => {
  const found = Object.entries(STEPS).map(async ([name, { prepare }]) => {
    const step = await prepare(somebody());
    const operations = serverTiming(await step()).calls.map((call) => call.split(' ')[0] ?? '');
    return [name, operations] as const;
  });
  return new Map(await Promise.all(found));
};

const heard = async (step: () => Promise<ApiResponse>) => {
  const response = await step();
  const { code, data, success } = envelopeOf(response);
  return { status: response.status, code, data, success };
};

describe('an outage of one operation of DynamoDB', () => {
  it('is said to be one at register, verify and login, and each person goes on after it', async () => {
    const byStep = await operationsByStep();
    const all = new Set([...byStep.values()].flat());
    expect([...all]).toEqual(expect.arrayContaining(['GetItem', 'UpdateItem', 'DeleteItem', 'TransactWriteItems']));
    for (const operation of all) {
      const struck = Object.entries(STEPS).filter(([name]) => byStep.get(name)?.includes(operation));
      const ready = await Promise.all(
        struck.map(async ([name, { prepare, again }]) => {
          const person = somebody();
          return { name, person, step: await prepare(person), again };
        }),
      );
      await stack.fault({ service: 'dynamodb', mode: 'fail', operation });
      const outages = await Promise.all(ready.map(async ({ name, step }) => [name, await heard(step)]));
      expect(await stack.struck('dynamodb')).toBeGreaterThanOrEqual(struck.length);
      await stack.fault({ service: 'dynamodb', mode: 'none' });
      const unavailable = { status: 503, code: -503, data: null, success: false };
      expect([operation, outages]).toEqual([operation, struck.map(([name]) => [name, unavailable])]);
      for (const { name, person, again } of ready) {
        expect([operation, name, (await heard(() => again(person))).code]).toEqual([operation, name, 1]);
        expect(envelopeOf(await journey.login(person))).toMatchObject({ code: 1, data: { userStatus: 1 } });
      }
    }
  }, 120_000);
});
