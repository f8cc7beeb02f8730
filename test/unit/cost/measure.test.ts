import { describe, expect, it } from '@jest/globals';
import type { Exchange } from '../../../infra/cost/front.ts';
import { samplesOf } from '../../../infra/cost/measure.ts';

const exchange = (root: string, method: string, path: string, status = 200): Exchange => ({
  method,
  path,
  status,
  root,
  calls: { read: 1 },
  sequential: 1,
  computeMs: 2,
  responseBytes: 3,
});

describe('samples of a journey', () => {
  const ofFreeze = '{"endpoint":"account.freeze"}';
  const ofPage = '{"endpoint":"account.freeze-page","message":"REQUEST"}';
  const lines = [ofFreeze, 'ready', ofPage];

  it('are of every route that was answered, pages and redirects too, with what was counted elsewhere', () => {
    const samples = samplesOf(
      [
        exchange('one', 'GET', '/v1/user/freeze'),
        exchange('two', 'POST', '/v1/user/freeze'),
        exchange('three', 'GET', '/v1/validate/emailtransfer', 302),
        exchange('four', 'GET', '/v1/user', 401),
        exchange('five', 'GET', '/_local/outbox'),
      ],
      (root) => (root === 'two' ? { read: 2, write: 4 } : { read: 0, write: 0 }),
      lines,
    );
    const seen = samples.map(({ endpoint, readUnits, writeUnits, logBytes }) => [
      endpoint,
      readUnits,
      writeUnits,
      logBytes,
    ]);
    expect(seen).toEqual([
      ['account.freeze-page', 0, 0, ofPage.length],
      ['account.freeze', 2, 4, ofFreeze.length],
      ['capital.transfer-email-confirm', 0, 0, 0],
    ]);
  });

  it('share the log lines of their endpoint', () => {
    const twice = [exchange('one', 'POST', '/v1/user/freeze'), exchange('two', 'POST', '/v1/user/freeze')];
    expect(samplesOf(twice, () => ({ read: 0, write: 0 }), lines).map(({ logBytes }) => logBytes)).toEqual([
      14.5, 14.5,
    ]);
  });
});
