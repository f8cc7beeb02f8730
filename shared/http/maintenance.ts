import type { APIGatewayProxyEvent } from 'aws-lambda';
import { isMaintenance, MAINTENANCE_RETRY_SECONDS } from '../contracts/maintenance.ts';
import { type FailureOutcome, RefusedError } from './outcome.ts';
import type { Middleware } from './request.ts';

/** What answers a request while the API is in maintenance; undefined while it is not. */
export const maintenanceOf = ({
  stageVariables,
}: Pick<APIGatewayProxyEvent, 'stageVariables'>): FailureOutcome | undefined =>
  isMaintenance(stageVariables) ? { ok: false, code: 'MAINTENANCE', retryAfter: MAINTENANCE_RETRY_SECONDS } : undefined;

/** Refuses before anything is looked at: in maintenance no session is read, nothing counted, and no AWS service called. */
export const refuseInMaintenance: Middleware = {
  before: ({ event }) => {
    const outcome = maintenanceOf(event);
    if (outcome) throw new RefusedError(outcome.code, { retryAfter: outcome.retryAfter });
  },
};
