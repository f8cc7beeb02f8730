import * as z from 'zod/mini';
import { ASSETS, type AssetName, QUOTE_ASSET } from '../../assets.ts';
import { walletCodes } from '../../codes/wallet.ts';
import { defineEndpoint } from '../../endpoint.ts';
import { CurrencyType } from '../../enums.ts';
import { ExactNumber, exactNumber } from '../../exact-number.ts';
import { currencyType } from '../../states.ts';

const isAsset = (name: string): name is AssetName => Object.hasOwn(ASSETS, name);

const currency = z.enum(Object.keys(ASSETS).filter(isAsset));

export const balance = defineEndpoint({
  id: 'wallet.balance',
  chapter: '9.3',
  method: 'GET',
  path: '/v1/wallet/balance',
  summary:
    'Get what the user has of every currency, and what it is worth at the latest prices. convertRate is null while no ' +
    'price is known, and total is null while something is held that has none',
  auth: 'session',
  apiKey: 'read',
  rate: 'query',
  query: z.object({ currency: z.prefault(currency, QUOTE_ASSET) }),
  data: z.object({
    /** In the asked currency, rounded down to its decimals. */
    total: z.nullable(exactNumber),
    balance: z.array(
      z.object({
        currency,
        total: exactNumber,
        available: exactNumber,
        frozen: exactNumber,
        /** What one is worth in the asked currency. */
        convertRate: z.nullable(exactNumber),
        type: currencyType,
      }),
    ),
  }),
  ownCodes: walletCodes,
  codes: ['UNKNOWN_CURRENCY', 'BALANCE_UNAVAILABLE'],
  wrongFields: { currency: 'UNKNOWN_CURRENCY' },
  successMessage: 'Success',
  uses: { ledger: ['query'], market: ['query'] },
  example: {
    query: { currency: 'TWD' },
    data: {
      total: new ExactNumber('4190.5'),
      balance: [
        {
          currency: 'TWD',
          total: new ExactNumber('1000.5'),
          available: new ExactNumber('1000.5'),
          frozen: new ExactNumber('0'),
          convertRate: new ExactNumber('1'),
          type: CurrencyType.FIAT,
        },
        {
          currency: 'USDT',
          total: new ExactNumber('100'),
          available: new ExactNumber('90'),
          frozen: new ExactNumber('10'),
          convertRate: new ExactNumber('31.9'),
          type: CurrencyType.STABLE,
        },
      ],
    },
  },
});
