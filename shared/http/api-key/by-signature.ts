import type { EndpointSpec } from '../../contracts/endpoint.ts';
import { type ApiKey, isDueToMark } from '../../identity/api-key/api-key.ts';
import { markUsed } from '../../identity/api-key/api-key-store.ts';
import { isIpAllowed } from '../../identity/api-key/ip-allowlist.ts';
import { findKeyCaller, type KeyCaller } from '../../identity/api-key/key-caller.ts';
import { useNonce } from '../../identity/api-key/nonce-store.ts';
import { createSecretCache, type ReadyKey, type SecretCache } from '../../identity/api-key/secret-cache.ts';
import type { TokenClaim } from '../../identity/token.ts';
import { sha256 } from '../../platform/digest.ts';
import { describeError } from '../../platform/logger.ts';
import type { Core, KeyStores } from '../../platform/platform.ts';
import type { BySignature } from '../authenticate.ts';
import type { StartBeside } from '../beside.ts';
import { RefusedError } from '../outcome.ts';
import { refuseOverQuota, type SessionCounter, settleCount } from '../rate-limit.ts';
import type { EndpointEvent, RequestState } from '../request.ts';
import { type Credentials, readCredentials } from './credentials.ts';
import { isRight, isTimely } from './signature.ts';

export interface SignatureDependencies {
  readonly stores: KeyStores;
  /** Counts the requests of keys; absent on routes that are not counted by caller. */
  readonly counter: SessionCounter | undefined;
  /** What else is read beside the user. */
  readonly beside: readonly StartBeside[];
  readonly core: Core;
}

/** A request, and when it is decided on. */
interface Judged {
  readonly event: EndpointEvent;
  readonly state: RequestState;
  readonly credentials: Credentials;
  readonly now: number;
}

/**
 * Hex digits of a signature by which its copies are known to the counter: 64 bits. The holder of a key who made two
 * requests agree in them, in thirty seconds and 2^32 tries, would have one of the two for nothing.
 */
const MARK = 16;

/** A key counts as a session does. */
const claimOf = ({ userId, apiKey }: Pick<ApiKey, 'userId' | 'apiKey'>): TokenClaim => ({
  userId,
  sessionId: sha256(apiKey),
});

const refuseUntimely = ({ signed: { nonce } }: Credentials, now: number): void => {
  if (isTimely(Number(nonce), now)) return;
  const params = { serverTime: String(now), difference: String(Math.abs(Number(nonce) - now)) };
  throw new RefusedError('SIGNATURE_CLOCK_SKEW', { params });
};

/** The key that a request was signed with. */
const proven = async (secrets: SecretCache, { apiKey, signature, signed }: Credentials, now: number) => {
  const ready = await secrets.find(apiKey, now);
  if (!ready) throw new RefusedError('API_KEY_UNKNOWN');
  if (!isRight(signature, ready.secret, signed)) throw new RefusedError('SIGNATURE_INVALID');
  return ready;
};

/** What a right signature sets off: all of it at once, and refused in one order whatever comes first. */
const createProceeding = (endpoint: EndpointSpec, { stores, counter, beside, core }: SignatureDependencies) => {
  const counted = async (key: ApiKey, signature: string, state: RequestState): Promise<void> => {
    const inAdvance = await counter?.count(claimOf(key), signature.slice(0, MARK));
    if (inAdvance) await settleCount(inAdvance, state, core.log);
  };

  return async ({ key }: ReadyKey, { event, state, credentials, now }: Judged): Promise<KeyCaller> => {
    for (const start of beside) start(event, state, key.userId);
    const { apiKey, signature, signed } = credentials;
    const counting = counted(key, signature, state);
    // Its failure is reported only where nothing else refuses the request; until then it is nobody's unhandled one.
    counting.catch(() => undefined);
    const [found, isNew] = await Promise.all([
      findKeyCaller(stores.keys, key, now, endpoint.readsFactor),
      useNonce(stores.nonces, core, { apiKey, signature, nonce: signed.nonce }),
    ]);
    if (typeof found === 'string') throw new RefusedError(found);
    if (!isNew) throw new RefusedError('SIGNATURE_NONCE_USED');
    await counting;
    refuseOverQuota(state.quota);
    return found;
  };
};

/**
 * Finds out who signed a request. For a key that the container knows that adds no round trip: key and user are read anew
 * while the nonce is used up, the request counted and the handler's own reading begun, all once the signature proved right.
 * The first request by a key takes two more: the key is read, then its secret decrypted.
 *
 * The refusals, in order: headers, clock, unknown key, signature, dead key, nonce, rate, address. So who cannot sign
 * learns of a key only whether there is one.
 */
export const createBySignature = (endpoint: EndpointSpec, dependencies: SignatureDependencies): BySignature => {
  const { stores, counter, core } = dependencies;
  const { clock, commit, log } = core;
  const proceed = createProceeding(endpoint, dependencies);
  const secrets = createSecretCache({
    table: stores.keys,
    secret: stores.secret,
    // The counter does not know a key that it has not seen for long.
    prepare: async (key) => counter?.admit(claimOf(key), key.expiresAt),
  });

  const mark = async (key: ApiKey, now: number): Promise<void> => {
    try {
      await commit([markUsed(stores.keys, key, now)]);
    } catch (error) {
      log('API_KEY_NOT_MARKED', describeError(error));
    }
  };

  return async (event, state) => {
    const now = clock.now();
    const credentials = readCredentials(event);
    refuseUntimely(credentials, now);
    const ready = await proven(secrets, credentials, now);
    // A key that was just read is marked beside the rest, so that its first use takes no more than it must.
    if (ready.isFresh && isDueToMark(ready.key, now)) state.background.push(mark(ready.key, now));
    const { key, user, factor } = await proceed(ready, { event, state, credentials, now });
    if (!isIpAllowed(key.ipAllowlist, state.ip)) {
      throw new RefusedError('API_KEY_ADDRESS_REFUSED', { params: { ip: state.ip } });
    }
    if (!ready.isFresh && isDueToMark(key, now)) state.background.push(mark(key, now));
    state.scopes = key.scopes;
    return { user, ...(endpoint.readsFactor && { factor }) };
  };
};
