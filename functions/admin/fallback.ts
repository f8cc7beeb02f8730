import { STAFF_ENDPOINTS, STAFF_FALLBACK_FUNCTION } from '../../shared/contracts/staff/registry.ts';
import { fallbackHandler } from '../../shared/http/fallback.ts';

/** Everything that is no endpoint of the staff API: unknown routes and wrong methods. */
export const handler = fallbackHandler({ ...STAFF_FALLBACK_FUNCTION, endpoints: STAFF_ENDPOINTS, crossOrigin: false });
