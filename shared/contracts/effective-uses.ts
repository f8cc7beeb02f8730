import type { Auth, EndpointSpec, RateClass } from './endpoint.ts';
import { mergeUses, type Uses } from './resources.ts';
import { frontendUrl } from './settings/frontend-url.ts';

const SESSION_USES: Readonly<Record<Auth, Uses>> = {
  none: {},
  optional: { users: ['batchGet'] },
  session: { users: ['batchGet', 'update'], ephemeral: ['update'] },
  pending: { users: ['batchGet', 'update'], ephemeral: ['update'] },
  staff: {},
};

const RATE_USES: Readonly<Record<RateClass, Uses>> = {
  public: {},
  address: { ephemeral: ['update'] },
  staff: {},
  query: {},
  orders: {},
};

/** The key and its secret, when it was last used, and the nonce that is used up. */
const API_KEY_USES: Uses = {
  users: ['get', 'batchGet', 'update'],
  ephemeral: ['put'],
  secrets: { apiSecret: ['decrypt'] },
};

const IDEMPOTENCY_USES: Uses = { ledger: ['get', 'put'] };

const REDIRECT_USES: Uses = { settings: [frontendUrl] };

/** What the endpoint declares together with what authentication, API keys, rate limits, idempotency and redirects need. */
export const effectiveUses = (
  endpoint: Pick<EndpointSpec, 'apiKey' | 'auth' | 'idempotent' | 'rate' | 'response' | 'uses'>,
): Uses =>
  [
    SESSION_USES[endpoint.auth],
    RATE_USES[endpoint.rate],
    ...(endpoint.apiKey === false ? [] : [API_KEY_USES]),
    ...(endpoint.idempotent ? [IDEMPOTENCY_USES] : []),
    ...(endpoint.response === 'redirect' ? [REDIRECT_USES] : []),
  ].reduce(mergeUses, endpoint.uses);
