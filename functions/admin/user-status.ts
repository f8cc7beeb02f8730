import { staffUserStatus } from '../../shared/contracts/staff/user-status.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { changeStatus } from '../../shared/staff/user-status.ts';

/** `POST /admin/v1/users/{username}/status` */
export const handler = endpointHandler(
  staffUserStatus,
  (platform) =>
    async ({ staff, params, body }) =>
      changeStatus(platform, staff, params.username, body),
);
