import * as z from 'zod/mini';
import { defineEndpoint } from '../../endpoint.ts';
import { CRYPTO_ASSETS } from '../../networks.ts';

export const cryptoList = defineEndpoint({
  id: 'wallet.crypto-list',
  chapter: '9.1',
  method: 'GET',
  path: '/v1/wallet/crypto_list',
  summary: 'List the crypto currencies that can be held',
  auth: 'none',
  apiKey: false,
  rate: 'public',
  cacheSeconds: 300,
  data: z.array(z.enum(CRYPTO_ASSETS)),
  codes: [],
  successMessage: 'Success',
  uses: {},
  example: { data: ['BTC', 'ETH', 'USDT'] },
});
