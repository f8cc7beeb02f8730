import { applyLevel2 } from '../../shared/contracts/endpoints/kyc/apply-level-2.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { applyForLevel2 } from '../../shared/kyc/level-two.ts';

/** `POST /v1/kyc/apply_level_2` */
export const handler = endpointHandler(
  applyLevel2,
  (platform) =>
    async ({ caller, body }) =>
      applyForLevel2(platform, caller.user, body),
);
