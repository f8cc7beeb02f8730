import { staffUser } from '../../shared/contracts/staff/user.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { viewUser } from '../../shared/staff/user-view.ts';

/** `GET /admin/v1/users/{username}` */
export const handler = endpointHandler(
  staffUser,
  (platform) =>
    async ({ staff, params }) =>
      viewUser(platform, staff, params.username),
);
