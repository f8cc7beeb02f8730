import { register } from '../../shared/contracts/endpoints/auth/register.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { registerUser } from '../../shared/identity/registration.ts';
import { createPasswordHasher } from '../../shared/platform/password-hash.ts';

/** `POST /v1/register` */
export const handler = endpointHandler(register, (platform) => {
  const passwords = createPasswordHasher({ randomBytes: platform.random.bytes });
  return async ({ body, origin, locale, admitted }) =>
    registerUser(platform, passwords, body, { origin, locale, admitted });
});
