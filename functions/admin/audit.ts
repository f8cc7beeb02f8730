import { staffAudit } from '../../shared/contracts/staff/audit.ts';
import { endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { viewAudit } from '../../shared/staff/audit-view.ts';

/** `GET /admin/v1/audit` */
export const handler = endpointHandler(
  staffAudit,
  (platform) =>
    async ({ staff, query }) =>
      viewAudit(platform, staff, query),
);
