import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { peakOverlap } from '../../support/call-log.ts';
import { journeyOn, servedIntervals, somebody } from '../../support/journey.ts';
import { type ApiResponse, envelopeOf, startTestStack, type TestStack } from '../../support/local-stack.ts';

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

const codesOf = (responses: readonly ApiResponse[]): Record<number, number> =>
  Object.fromEntries(
    [...Map.groupBy(responses, (response) => envelopeOf(response).code)].map(([code, group]) => [code, group.length]),
  );

describe('100 parallel requests', () => {
  let stack: TestStack;
  let journey: ReturnType<typeof journeyOn>;

  beforeAll(async () => {
    stack = await startTestStack();
    journey = journeyOn(stack);
  });
  afterAll(async () => {
    await stack.stop();
  });

  /** How many requests of the endpoint were being served at once, by the functions' own clocks. */
  const overlap = (endpoint: string): number => peakOverlap(servedIntervals(stack.logs(), endpoint));

  it('register one username once', async () => {
    const { username } = somebody();
    const captchas = await Promise.all(times(100, () => journey.captcha()));
    const responses = await Promise.all(
      captchas.map((captcha) => journey.post('/v1/register', { ...somebody(), username, ...captcha })),
    );
    expect(codesOf(responses)).toEqual({ 1: 1, 10086: 99 });
    expect(overlap('auth.register')).toBeGreaterThan(4);
  });

  it('use one captcha once', async () => {
    const captcha = await journey.captcha();
    const responses = await Promise.all(times(100, () => journey.post('/v1/register', { ...somebody(), ...captcha })));
    expect(codesOf(responses)).toEqual({ 1: 1, 10083: 99 });
  });

  it('use one code once', async () => {
    const person = somebody();
    await journey.register(person);
    const code = await journey.mailedCode(person.email);
    const responses = await Promise.all(
      times(100, () => journey.post('/v1/verify', { loginName: person.username, code })),
    );
    expect(codesOf(responses)).toEqual({ 1: 1, 10022: 99 });
    expect(overlap('auth.verify')).toBeGreaterThan(4);
  });
});
