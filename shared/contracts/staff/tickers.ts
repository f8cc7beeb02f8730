import * as z from 'zod/mini';
import { BASE_ASSETS } from '../assets.ts';
import { text } from '../codes/text.ts';
import { defineEndpoint } from '../endpoint.ts';
import { fieldRules } from '../field-rules.ts';
import { moneyField } from '../money.ts';

/** As prices are kept: at most 15 digits before the point and 8 behind it. */
const lastPrice = z.pipe(moneyField, z.string().check(z.regex(/^\d{1,15}(?:\.\d{1,8})?$/))).register(fieldRules, {
  rule: text(
    '須為大於零的新臺幣價格，至多 8 位小數',
    '须为大于零的新台币价格，至多 8 位小数',
    'send a price in TWD above zero with at most 8 decimals',
  ),
});

export const staffTicker = defineEndpoint({
  id: 'admin.tickers',
  chapter: 'Staff API',
  method: 'PUT',
  path: '/admin/v1/tickers/{base}',
  summary: 'Set the price of an asset in TWD; it stands until the price feed brings a newer one',
  auth: 'staff',
  apiKey: false,
  rate: 'staff',
  params: z.object({ base: z.enum(BASE_ASSETS) }),
  body: z.object({ lastPrice }),
  data: z.null(),
  codes: ['UPDATE_FAILED'],
  successMessage: 'Success',
  uses: { market: ['query', 'put'], audit: ['append'] },
  example: { params: { base: 'USDT' }, body: { lastPrice: '27.85' }, data: null },
});
