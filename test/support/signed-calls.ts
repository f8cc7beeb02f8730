import * as z from 'zod';
import { bankAccounts } from '../../shared/contracts/endpoints/account/bank-accounts.ts';
import { user } from '../../shared/contracts/endpoints/account/user.ts';
import { walletOperation } from '../../shared/contracts/endpoints/capital/wallet-operation.ts';
import type { EndpointSpec } from '../../shared/contracts/endpoint.ts';
import { keySupport } from '../../shared/http/api-key/keyed-endpoint-handler.ts';
import { assemble, type Bind, type LambdaHandler } from '../../shared/http/endpoint-handler.ts';
import { type OnceByKey, onceByKey } from '../../shared/http/idempotency.ts';
import { apiEvent, type EventOptions, lambdaContext } from './api-event.ts';
import { apiKeyUseCases } from './api-keys.ts';
import type { Identity } from './identity.ts';
import { type KeyPair, signedHeaders } from './signing.ts';
import { testFoundation } from './test-platform.ts';

const envelope = z.object({ code: z.int(), msg: z.nullable(z.string()), data: z.unknown(), success: z.boolean() });

/** What a test changes of a request that is signed right. */
export interface SignedCall extends Pick<EventOptions, 'method' | 'path' | 'body' | 'sourceIp' | 'headers'> {
  /** Epoch milliseconds; the test's clock without it. */
  readonly nonce?: number;
}

/** Endpoints that accept keys, in containers of their own, and who signs requests to them. */
export const signedCalls = (identity: Identity) => {
  const { clock, resources } = identity;
  const keys = apiKeyUseCases(identity);

  /** A container of its own, as Lambda starts one. */
  const containerOf = <E extends EndpointSpec>(
    endpoint: E,
    bind: Bind<NoInfer<E>>,
    parts: { readonly once?: OnceByKey } = {},
  ): LambdaHandler => assemble(endpoint, testFoundation(endpoint, resources), bind, { keys: keySupport, ...parts });

  /** Tells whose request it was. */
  const userContainer = (): LambdaHandler =>
    containerOf(user, () => ({ caller }) => ({
      ok: true,
      data: { ...user.example.data, username: caller.user.username },
    }));

  const bankContainer = (): LambdaHandler => containerOf(bankAccounts, () => () => ({ ok: true, data: [] }));

  const operationContainer = (): LambdaHandler =>
    containerOf(walletOperation, () => () => ({ ok: true, data: 1 }), { once: onceByKey });

  const call = async (handler: LambdaHandler, event: EventOptions) => {
    const { statusCode, headers, body } = await handler(apiEvent(event), lambdaContext());
    return { status: statusCode, headers, ...envelope.parse(JSON.parse(body)) };
  };

  const signed = (handler: LambdaHandler, key: KeyPair, changes: SignedCall = {}) => {
    const { nonce = clock.now(), path = '/v1/user', method = 'GET', body = null, ...rest } = changes;
    const json = body === null ? {} : { 'content-type': 'application/json' };
    const headers = { ...json, ...signedHeaders(key, { path, nonce, body: body ?? '' }), ...changes.headers };
    return call(handler, { ...rest, method, path, body, headers });
  };

  /** Somebody's key; a second has passed since whatever was asked before. */
  const freshKey = async (asked: Parameters<typeof keys.made>[1] = {}) => {
    const holder = await keys.readyHolder();
    const { apiKey, secret } = await keys.made(holder.token, asked);
    clock.advance(1_000);
    return { apiKey, secret, holder };
  };

  return { keys, containerOf, userContainer, bankContainer, operationContainer, call, signed, freshKey };
};
