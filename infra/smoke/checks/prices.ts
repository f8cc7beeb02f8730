import { setTimeout as sleep } from 'node:timers/promises';
import { type Check, expectThat } from '../check.ts';
import { expectData } from '../answers.ts';
import type { World } from '../world.ts';

/** The feed runs once a minute, so on a new stage this much may go by before the first prices. */
const TRIES = 15;
const BETWEEN_MS = 5_000;

const withoutPrice = async ({ stranger }: World): Promise<readonly string[]> =>
  expectData(await stranger.call('landing.all-tickers')).flatMap(({ lastPrice, baseCurrency }) =>
    lastPrice === null ? [baseCurrency] : [],
  );

/** That the feed has brought prices, which it does by itself; the last check, so that it had time. */
export const priceChecks: readonly Check<World>[] = [
  {
    name: 'prices',
    run: async (world) => {
      let missing = await withoutPrice(world);
      for (let tried = 1; missing.length > 0 && tried < TRIES; tried += 1) {
        await sleep(BETWEEN_MS);
        missing = await withoutPrice(world);
      }
      const given = `none of ${missing.join(', ')} in ${(TRIES * BETWEEN_MS) / 1000} s: see the logs of jobs.price-feed`;
      expectThat(missing.length === 0, 'a price of everything that is quoted', given);
      return 'everything that is quoted has one';
    },
  },
];
