import { loginStatus } from '../../shared/contracts/endpoints/account/login-status.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';

/** `GET /v1/login_status` */
export const handler = endpointHandler(loginStatus, () => ({ caller }) => ({
  ok: true,
  data: { isLogin: caller !== undefined },
}));
