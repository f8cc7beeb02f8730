import * as z from 'zod/mini';
import { defineEndpoint } from '../../endpoint.ts';
import { ExactNumber, exactNumber } from '../../exact-number.ts';

export const allTickers = defineEndpoint({
  id: 'landing.all-tickers',
  chapter: '6.1',
  method: 'GET',
  path: '/v1/allTickers',
  summary: 'Get price and change over 24 hours of everything that is quoted in TWD',
  auth: 'none',
  apiKey: false,
  rate: 'public',
  cacheSeconds: 5,
  data: z.array(
    z.object({
      baseCurrency: z.string(),
      quoteCurrency: z.string(),
      changePricePercent: z.number(),
      lastPrice: z.nullable(exactNumber),
    }),
  ),
  codes: [],
  successMessage: 'Success',
  uses: { market: ['query'] },
  example: {
    data: [
      { baseCurrency: 'USDT', quoteCurrency: 'TWD', changePricePercent: 0, lastPrice: null },
      {
        baseCurrency: 'ETH',
        quoteCurrency: 'TWD',
        changePricePercent: 1.588807927108616,
        lastPrice: new ExactNumber('65219.1557985'),
      },
    ],
  },
});
