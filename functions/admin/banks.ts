import { staffBanks } from '../../shared/contracts/staff/banks.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { switchBanks } from '../../shared/staff/banks.ts';

/** `PUT /admin/v1/banks` */
export const handler = endpointHandler(
  staffBanks,
  (platform) =>
    async ({ staff, body }) =>
      switchBanks(platform, staff, body),
);
