import { describe, expect, it } from '@jest/globals';
import { peakOverlap } from '../../support/call-log.ts';
import { servedIntervals, somebody } from '../../support/journey.ts';
import { useJourney } from '../../support/use-journey.ts';
import { type ApiResponse, envelopeOf } from '../../support/local-stack.ts';

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

const codesOf = (responses: readonly ApiResponse[]): Record<number, number> =>
  Object.fromEntries(
    [...Map.groupBy(responses, (response) => envelopeOf(response).code)].map(([code, group]) => [code, group.length]),
  );

describe('100 parallel requests', () => {
  const live = useJourney();

  /** How many requests of the endpoint were being served at once, by the functions' own clocks. */
  const overlap = (endpoint: string): number => peakOverlap(servedIntervals(live.stack.logs(), endpoint));

  it('register one username once', async () => {
    const { username } = somebody();
    const captchas = await Promise.all(times(100, () => live.journey.captcha()));
    const responses = await Promise.all(
      captchas.map((captcha) => live.journey.post('/v1/register', { ...somebody(), username, ...captcha })),
    );
    expect(codesOf(responses)).toEqual({ 1: 1, 10086: 99 });
    expect(overlap('auth.register')).toBeGreaterThan(4);
  });

  it('use one captcha once', async () => {
    const captcha = await live.journey.captcha();
    const responses = await Promise.all(
      times(100, () => live.journey.post('/v1/register', { ...somebody(), ...captcha })),
    );
    expect(codesOf(responses)).toEqual({ 1: 1, 10083: 99 });
  });

  it('use one code once', async () => {
    const person = somebody();
    await live.journey.register(person);
    const code = await live.journey.mailedCode(person.email);
    const responses = await Promise.all(
      times(100, () => live.journey.post('/v1/verify', { loginName: person.username, code })),
    );
    expect(codesOf(responses)).toEqual({ 1: 1, 10022: 99 });
    expect(overlap('auth.verify')).toBeGreaterThan(4);
  });
});
