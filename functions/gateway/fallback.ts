import { ENDPOINTS, FALLBACK_FUNCTION } from '../../shared/contracts/registry.ts';
import { fallbackHandler } from '../../shared/http/fallback.ts';

/** Everything that is no endpoint: unknown routes, wrong methods, CORS preflights. */
export const handler = fallbackHandler({ ...FALLBACK_FUNCTION, endpoints: ENDPOINTS, crossOrigin: true });
