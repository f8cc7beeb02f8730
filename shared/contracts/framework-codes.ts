import type { Code } from './codes/catalogue.ts';
import { changesState, type EndpointSpec, opensToNotActivated, readsSessions, restsInMaintenance } from './endpoint.ts';

/** What decides which failures the shared stack can answer before or around a handler. */
type Shape = Pick<
  EndpointSpec,
  | 'apiKey'
  | 'auth'
  | 'body'
  | 'bodyType'
  | 'chapter'
  | 'changesState'
  | 'idempotent'
  | 'inMaintenance'
  | 'method'
  | 'params'
  | 'query'
  | 'rate'
>;

const countedInCode = ({ rate }: Shape): boolean => rate !== 'public' && rate !== 'staff';

/** What can be wrong with a signature. */
export const SIGNATURE_CODES = [
  'SIGNATURE_HEADER_MISSING',
  'SIGNATURE_HEADER_REPEATED',
  'SIGNATURE_HEADER_MALFORMED',
  'SIGNATURE_CLOCK_SKEW',
  'API_KEY_UNKNOWN',
  'API_KEY_EXPIRED',
  'API_KEY_DEAD',
  'SIGNATURE_INVALID',
  'SIGNATURE_NONCE_USED',
] as const satisfies readonly Code[];

/** What a key can lack whose signature is right. */
const KEY_CODES = ['API_KEY_ADDRESS_REFUSED', 'API_KEY_SCOPE_MISSING'] as const satisfies readonly Code[];

/** What gateway and stack answer whatever the endpoint. */
export const ANYWHERE = [
  'THROTTLED',
  'INTERNAL_ERROR',
  'SERVICE_UNAVAILABLE',
  'TIMEOUT',
] as const satisfies readonly Code[];

/** The codes that gateway and shared stack answer for an endpoint by themselves, beside the contract's own. */
export const frameworkCodes = (endpoint: Shape): readonly Code[] => {
  const session = endpoint.auth === 'session';
  const staff = endpoint.auth === 'staff';
  const idempotent = endpoint.idempotent === true;
  const input = endpoint.params ?? endpoint.query ?? endpoint.body;
  const codes: readonly (readonly [applies: boolean, codes: readonly Code[]])[] = [
    [input !== undefined || idempotent, ['INVALID_PARAMETER']],
    [idempotent, ['IDEMPOTENCY_KEY_REUSED']],
    [endpoint.body !== undefined, ['PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE']],
    [endpoint.body !== undefined, [endpoint.bodyType === 'multipart' ? 'INVALID_FORM' : 'INVALID_JSON']],
    [session || endpoint.auth === 'pending', ['TOKEN_EXPIRED']],
    [session, ['SECOND_FACTOR_REQUIRED']],
    [readsSessions(endpoint), ['TWO_CREDENTIALS']],
    [endpoint.apiKey !== false, [...SIGNATURE_CODES, ...KEY_CODES]],
    [typeof endpoint.apiKey === 'object', ['API_KEY_NOT_ACCEPTED']],
    [session && !opensToNotActivated(endpoint), ['ACCOUNT_NOT_ACTIVATED']],
    [staff, ['FORBIDDEN']],
    [!staff && changesState(endpoint), ['CROSS_SITE_REQUEST']],
    [countedInCode(endpoint), ['RATE_LIMITED']],
    [restsInMaintenance(endpoint), ['MAINTENANCE']],
    [true, ANYWHERE],
  ];
  return codes.flatMap(([applies, these]) => (applies ? these : []));
};
