import { staffUserFactorReset } from '../../shared/contracts/staff/user-2fa-reset.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { resetSecondFactor } from '../../shared/staff/user-2fa-reset.ts';

/** `POST /admin/v1/users/{username}/2fa_reset` */
export const handler = endpointHandler(
  staffUserFactorReset,
  (platform) =>
    async ({ staff, params, body }) =>
      resetSecondFactor(platform, staff, params.username, body),
);
