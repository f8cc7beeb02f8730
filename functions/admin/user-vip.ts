import { staffUserVip } from '../../shared/contracts/staff/user-vip.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { changeVip } from '../../shared/staff/user-vip.ts';

/** `POST /admin/v1/users/{username}/vip` */
export const handler = endpointHandler(
  staffUserVip,
  (platform) =>
    async ({ staff, params, body }) =>
      changeVip(platform, staff, params.username, body),
);
