import { staffAdjustment } from '../../shared/contracts/staff/adjustments.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { bookAdjustment } from '../../shared/staff/adjustments.ts';

/** `POST /admin/v1/users/{username}/adjustments` */
export const handler = endpointHandler(
  staffAdjustment,
  (platform) =>
    async ({ staff, params, body, locale }) =>
      bookAdjustment(platform, staff, params.username, { body, locale }),
);
