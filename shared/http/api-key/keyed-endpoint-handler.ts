import type { ApiKeyAccess, EndpointSpec } from '../../contracts/endpoint.ts';
import { secretsService } from '../../platform/secrets-service.ts';
import { type Bind, type HandedIn, type KeySupport, type LambdaHandler, lazyHandler } from '../endpoint-handler.ts';
import { createBySignature } from './by-signature.ts';
import { requireScope } from './scope.ts';

/** What takes signed requests. */
export const keySupport: KeySupport = { createBySignature, requireScope };

type Keyed = EndpointSpec & { readonly apiKey: Exclude<ApiKeyAccess, false> };

/**
 * The Lambda handler of an endpoint that accepts API keys, otherwise as `endpointHandler` makes it. It brings along KMS
 * and what checks signatures, so that functions need no line more, and no bundle of others carries either.
 */
export const keyedEndpointHandler = <const E extends Keyed, T = undefined>(
  endpoint: E,
  bind: Bind<NoInfer<E>, NoInfer<T>>,
  handedIn: Omit<HandedIn<NoInfer<E>, T>, 'keys' | 'secrets'> = {},
): LambdaHandler => lazyHandler<E, T>(endpoint, bind, { ...handedIn, secrets: secretsService, keys: keySupport });
