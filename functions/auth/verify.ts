import { verify } from '../../shared/contracts/endpoints/auth/verify.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { verifyUser } from '../../shared/identity/verification.ts';

/** `POST /v1/verify` */
export const handler = endpointHandler(
  verify,
  (platform) =>
    async ({ body, admitted }) =>
      verifyUser(platform, body, admitted),
);
