import * as z from 'zod/mini';
import { walletCodes } from '../../codes/wallet.ts';
import { defineEndpoint } from '../../endpoint.ts';
import { CRYPTO_ASSETS } from '../../networks.ts';
import { networks } from '../../settings/networks.ts';

const crypto = z.enum(CRYPTO_ASSETS);

export const cryptoPaymentway = defineEndpoint({
  id: 'wallet.crypto-paymentway',
  chapter: '9.2',
  method: 'GET',
  path: '/v1/wallet/crypto_paymentway',
  summary: 'List the networks that crypto currencies can come in and go out by; a currency without any is left out',
  auth: 'none',
  apiKey: false,
  rate: 'public',
  cacheSeconds: 300,
  query: z.object({ currency: z.optional(crypto) }),
  data: z.partialRecord(crypto, z.array(z.string())),
  ownCodes: walletCodes,
  codes: ['UNKNOWN_CURRENCY'],
  wrongFields: { currency: 'UNKNOWN_CURRENCY' },
  successMessage: 'Success',
  uses: { settings: [networks] },
  example: { data: { USDT: ['ERC20', 'TRC20'], ETH: ['ERC20'] } },
});
