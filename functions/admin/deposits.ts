import { staffDeposit } from '../../shared/contracts/staff/deposits.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { bookDeposit } from '../../shared/staff/deposits.ts';

/** `POST /admin/v1/deposits` */
export const handler = endpointHandler(
  staffDeposit,
  (platform) =>
    async ({ staff, body, locale }) =>
      bookDeposit(platform, staff, { body, locale }),
);
