import { staffUserErasure } from '../../shared/contracts/staff/user-erasure.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { orderErasure } from '../../shared/staff/erasure/order.ts';

/** `POST /admin/v1/users/{username}/erasure` */
export const handler = endpointHandler(
  staffUserErasure,
  (platform) =>
    async ({ staff, params, body, locale }) =>
      orderErasure(platform, staff, params.username, { body, locale }),
);
