import { changePassword } from '../../shared/contracts/endpoints/account/change-password.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { changeUserPassword } from '../../shared/identity/password-change.ts';
import { createPasswordHasher } from '../../shared/platform/password-hash.ts';

/** `POST /v1/user/change_password` */
export const handler = endpointHandler(changePassword, (platform) => {
  const passwords = createPasswordHasher({ randomBytes: platform.random.bytes });
  return async ({ caller, body, origin, locale }) =>
    changeUserPassword(platform, passwords, caller, body, { origin, locale });
});
