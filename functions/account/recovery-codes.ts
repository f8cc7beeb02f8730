import { recoveryCodes } from '../../shared/contracts/endpoints/account/recovery-codes.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { makeRecoveryCodes } from '../../shared/identity/factor/recovery.ts';

/** `POST /v1/user/recovery_codes` */
export const handler = endpointHandler(
  recoveryCodes,
  (platform) =>
    async ({ caller }) =>
      makeRecoveryCodes(platform, caller),
);
