import { apiKeys } from '../../shared/contracts/endpoints/account/api-keys.ts';
import type { ReadBeside } from '../../shared/http/beside.ts';
import { type Bind, endpointHandler } from '../../shared/http/endpoint-handler.ts';
import { type ApiKeyIndex, readIndex } from '../../shared/identity/api-key/api-key-index.ts';
import { listApiKeys } from '../../shared/identity/api-key/own-keys.ts';
import type { EndpointPlatform } from '../../shared/platform/platform.ts';

type Beside = ApiKeyIndex | undefined;

const findIndex =
  ({ tables }: EndpointPlatform<(typeof apiKeys)['uses']>): ReadBeside<Beside> =>
  ({ userId }) =>
    readIndex(tables.users, userId);

const list: Bind<typeof apiKeys, Beside> =
  (platform) =>
  ({ caller, beside: index }) =>
    listApiKeys(platform, caller, index);

/** `GET /v1/user/api_keys` */
export const handler = endpointHandler(apiKeys, list, { beside: findIndex });
