import { beforeAll, describe, expect, it } from '@jest/globals';
import { measure, type Measurement } from '../../infra/cost/measure.ts';
import { report } from '../../infra/cost/report.ts';
import { ENDPOINTS } from '../../shared/contracts/registry.ts';

/** The first stack of a run may have to wait for its bundles. */
const START_MS = 120_000;

describe('a run that measures', () => {
  let seen: Measurement;
  beforeAll(async () => {
    seen = await measure(async (url) => {
      // Without latency, of calls that begin together one may end before the other has begun.
      const slow = { service: 'dynamodb', mode: 'slow', delayMs: 50 };
      await fetch(`${url}/_local/faults`, { method: 'POST', body: JSON.stringify(slow) });
      for (const path of [
        '/v1/health',
        '/v1/captcha/image',
        '/v1/captcha/image',
        '/v1/allTickers',
        '/v1/user',
        '/v1/no',
      ]) {
        await (await fetch(`${url}${path}`)).text();
      }
    });
  }, START_MS);

  const of = (endpoint: string) => seen.measured.find((one) => one.endpoint === endpoint);

  it("takes down what an endpoint's requests took, in the engine's own units", () => {
    expect(of('auth.captcha-image')).toMatchObject({
      samples: 2,
      memoryMb: 1_024,
      // The captcha, and the address that asked for it.
      calls: { write: 2 },
      writeUnits: 2,
      readUnits: 0,
      sequential: 1,
    });
    expect(of('auth.captcha-image')?.responseBytes).toBeGreaterThan(1_000);
    expect(of('landing.all-tickers')).toMatchObject({ calls: { read: 1 }, writeUnits: 0 });
    expect(of('service.health')).toMatchObject({ calls: {}, readUnits: 0, writeUnits: 0, sequential: 0 });
    expect(of('service.health')?.logBytes).toBeGreaterThan(50);
  });

  it('counts no request that was refused, and says what it has not seen', () => {
    expect(seen.measured).toHaveLength(3);
    expect(seen.missing).toContain('account.user');
    expect(seen.missing).toHaveLength(ENDPOINTS.length - 3);
  });

  it('prints dollars by endpoint and by how many users there are', () => {
    const text = report(seen);
    expect(text).toMatch(/│ auth\.captcha-image +│ \d+\.\d\d +│ [45]\.\d\d +│/);
    expect(text).toMatch(/│ 1,000,000 │ \d+\.\d +│ \d+\.\d\d/);
    expect(text).toContain('Not measured: ');
  });
});
