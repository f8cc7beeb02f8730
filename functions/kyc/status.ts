import { status } from '../../shared/contracts/endpoints/kyc/status.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { viewStatus } from '../../shared/kyc/status-view.ts';

/** `GET /v1/kyc/status` */
export const handler = endpointHandler(status, (platform) => async ({ caller }) => ({
  ok: true,
  data: await viewStatus(platform, caller.user),
}));
