import { forgetPassword } from '../../shared/contracts/endpoints/account/forget-password.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { resetPassword } from '../../shared/identity/password-reset.ts';
import { createPasswordHasher } from '../../shared/platform/password-hash.ts';

/** `POST /v1/user/forget_password` */
export const handler = endpointHandler(forgetPassword, (platform) => {
  const passwords = createPasswordHasher({ randomBytes: platform.random.bytes });
  return async ({ body, origin, locale, admitted }) =>
    resetPassword(platform, passwords, body, { origin, locale, admitted });
});
