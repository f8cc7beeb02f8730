import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { priceFeed } from '../../../shared/contracts/jobs.ts';
import { feedPrices, oldestPrice } from '../../../shared/market/price-feed.ts';
import type { Prices } from '../../../shared/market/price-source.ts';
import { readTickers } from '../../../shared/market/ticker-store.ts';
import { runJob } from '../../../shared/platform/job-handler.ts';
import { createJobFoundation } from '../../../shared/platform/job-foundation.ts';
import { type Engine, startEngine, testTable } from '../../support/engine.ts';
import { testClock } from '../../support/test-platform.ts';

const HOUR = 3_600_000;

describe('the price feed', () => {
  let engine: Engine;
  const clock = testClock();
  const lines: string[] = [];

  beforeAll(async () => {
    engine = await startEngine();
  });
  afterAll(async () => {
    await engine.stop();
  });

  const platform = () =>
    createJobFoundation(
      priceFeed,
      {},
      {
        clock,
        environment: { MARKET_TABLE: testTable('market'), PRICE_SOURCE: 'simulated', METRICS_NAMESPACE: 'BitGin/test' },
        documentClient: () => engine.client,
        writeLine: (line) => lines.push(line),
      },
    ).platform;
  const feed = (prices: Prices) => feedPrices(platform(), () => Promise.resolve(prices));
  const tickers = async () =>
    Object.fromEntries((await readTickers(platform().tables.market)).map((one) => [one.base, one]));

  it('keeps prices digit by digit, and tells the change over 24 hours', async () => {
    expect(await feed({ BTC: '2000000.00000001', ETH: '100000' })).toBe(2);
    expect(await tickers()).toMatchObject({
      BTC: { lastPrice: '2000000.00000001', changePercent: 0 },
      ETH: { changePercent: 0 },
    });
    clock.advance(HOUR);
    await feed({ BTC: '2100000', ETH: '99000' });
    expect((await tickers())['ETH']).toMatchObject({ lastPrice: '99000', changePercent: -1 });
    clock.advance(23 * HOUR + 1);
    await feed({ ETH: '108900' });
    expect((await tickers())['ETH']).toMatchObject({ lastPrice: '108900', changePercent: 10 });
  });

  it('leaves an asset that the source does not name as it was', async () => {
    const before = (await tickers())['BTC'];
    clock.advance(HOUR);
    await feed({ ETH: '100' });
    expect((await tickers())['BTC']).toEqual(before);
    expect(await oldestPrice(platform())).toBe(clock.now() - (before?.updatedAt ?? 0));
    expect(await oldestPrice(platform())).toBeGreaterThanOrEqual(HOUR);
  });

  it('writes nothing when the source fails, and counts the run as failed', async () => {
    const before = await tickers();
    const failing = feedPrices(platform(), () => Promise.reject(new Error('https://secret.example')));
    await expect(runJob(platform(), async () => ({ prices: await failing }))).rejects.toMatchObject({
      name: expect.stringMatching(/Error$/),
    });
    expect(await tickers()).toEqual(before);
    expect(lines.at(-1)).toContain('JOB_FAILED');
    expect(lines.join()).not.toContain('secret.example');
  });

  it('never replaces a price by an older one', async () => {
    const newest = await tickers();
    clock.advance(-10 * HOUR);
    await feed({ ETH: '1' });
    expect(await tickers()).toEqual(newest);
  });
});
