import { staffTicker } from '../../shared/contracts/staff/tickers.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { setTicker } from '../../shared/staff/tickers.ts';

/** `PUT /admin/v1/tickers/{base}` */
export const handler = endpointHandler(
  staffTicker,
  (platform) =>
    async ({ staff, params, body }) =>
      setTicker(platform, staff, params.base, body.lastPrice),
);
