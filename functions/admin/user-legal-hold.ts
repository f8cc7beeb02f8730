import { staffUserLegalHold } from '../../shared/contracts/staff/user-legal-hold.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { changeLegalHold } from '../../shared/staff/legal-hold.ts';

/** `POST /admin/v1/users/{username}/legal_hold` */
export const handler = endpointHandler(
  staffUserLegalHold,
  (platform) =>
    async ({ staff, params, body }) =>
      changeLegalHold(platform, staff, params.username, body),
);
