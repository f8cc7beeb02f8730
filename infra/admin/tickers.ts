import * as z from 'zod/mini';
import { staffTicker } from '../../shared/contracts/staff/tickers.ts';
import { type Command, defineCommand } from './command.ts';

const set = defineCommand({
  name: 'tickers set',
  summary: 'Set the price of an asset in TWD, until the price feed brings a newer one',
  words: ['base', 'price'],
  input: z.object({ base: staffTicker.params.shape.base, price: staffTicker.body.shape.lastPrice }),
  run: async ({ base, price }, { call }) => {
    const data = await call(staffTicker, { params: { base }, body: { lastPrice: price } }, staffTicker.data);
    return { data, text: `One ${base} is ${price} TWD now.` };
  },
});

export const TICKER_COMMANDS: readonly Command[] = [set];
