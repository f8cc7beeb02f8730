import { login } from '../../shared/contracts/endpoints/auth/login.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { createLogin } from '../../shared/identity/login.ts';
import { createPasswordHasher } from '../../shared/platform/password-hash.ts';

/** `POST /v1/login` */
export const handler = endpointHandler(login, (platform) => {
  const logIn = createLogin(platform, createPasswordHasher({ randomBytes: platform.random.bytes }));
  return async ({ body, origin, locale, admitted }) => logIn(body, { origin, locale, admitted });
});
