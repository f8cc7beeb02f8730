import { user } from '../../shared/contracts/endpoints/account/user.ts';
import { keyedEndpointHandler } from '../../shared/http/api-key/keyed-endpoint-handler.ts';
import { permissionsOf } from '../../shared/identity/permissions.ts';

/** `GET /v1/user` */
export const handler = keyedEndpointHandler(user, () => ({ caller }) => {
  const { username, email, is2FA, userStatus, kycLevel } = caller.user;
  const data = { username, email, is2FA, isKyc: kycLevel >= 1, userStatus, kycLevel, ...permissionsOf(caller.user) };
  return { ok: true, data };
});
