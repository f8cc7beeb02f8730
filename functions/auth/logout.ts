import { logout } from '../../shared/contracts/endpoints/auth/logout.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { logOut } from '../../shared/identity/logout.ts';

/** `POST /v1/logout` */
export const handler = endpointHandler(
  logout,
  (platform) =>
    async ({ caller, origin }) =>
      logOut(platform, caller.session, origin),
);
