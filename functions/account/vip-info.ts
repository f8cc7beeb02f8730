import { vipInfo } from '../../shared/contracts/endpoints/account/vip-info.ts';
import { ExactNumber } from '../../shared/contracts/exact-number.ts';
import { keyedEndpointHandler } from '../../shared/http/api-key/keyed-endpoint-handler.ts';
import { HOUSE_SPREAD } from '../../shared/identity/user.ts';

/** `GET /v1/user/vip_info` */
export const handler = keyedEndpointHandler(vipInfo, () => ({ caller: { user } }) => ({
  ok: true,
  data: { isVIP: user.isVip ?? false, spread: new ExactNumber(user.spread ?? HOUSE_SPREAD) },
}));
