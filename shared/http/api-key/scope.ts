import type { ApiKeyScope } from '../../contracts/api-key-scopes.ts';
import type { ApiKeyAccess } from '../../contracts/endpoint.ts';
import { RefusedError } from '../outcome.ts';
import { type Middleware, stateIn } from '../request.ts';

const fieldOf = (body: unknown, name: string): unknown =>
  typeof body === 'object' && body !== null ? Object.getOwnPropertyDescriptor(body, name)?.value : undefined;

/** The scope that a request takes; `undefined` where its body will not pass validation, whoever sent it. */
const scopeFor = (access: Exclude<ApiKeyAccess, false>, body: unknown): ApiKeyScope | undefined => {
  if (typeof access === 'string') return access;
  const value = fieldOf(body, access.by);
  if (typeof value !== 'string') return undefined;
  const scope = Object.hasOwn(access.scopes, value) ? access.scopes[value] : undefined;
  if (scope === undefined) throw new RefusedError('API_KEY_NOT_ACCEPTED', { params: { field: access.by } });
  return scope;
};

/**
 * Refuses a signed request whose key was not made for it. Where the scope is by a field of the body, it comes after the
 * body was read, and before anything is done with it.
 */
export const requireScope = (access: Exclude<ApiKeyAccess, false>): Middleware => ({
  before: ({ event }) => {
    const { scopes } = stateIn(event);
    if (!scopes) return;
    const scope = scopeFor(access, event.body);
    if (scope !== undefined && !scopes.includes(scope)) {
      throw new RefusedError('API_KEY_SCOPE_MISSING', { params: { scope } });
    }
  },
});
