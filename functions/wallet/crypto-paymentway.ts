import { cryptoPaymentway } from '../../shared/contracts/endpoints/wallet/crypto-paymentway.ts';
import { CRYPTO_ASSETS, paymentWaysOf } from '../../shared/contracts/networks.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';

/** `GET /v1/wallet/crypto_paymentway` */
export const handler = endpointHandler(cryptoPaymentway, ({ settings }) => ({ query }) => {
  const asked = query.currency ? [query.currency] : CRYPTO_ASSETS;
  const ways = asked.map((asset) => [asset, [...paymentWaysOf(asset, settings.networks)]] as const);
  return { ok: true, data: Object.fromEntries(ways.filter(([, open]) => open.length > 0)) };
});
