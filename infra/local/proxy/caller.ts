import { accessKeyOf } from '../workers/access-key.ts';
import { headerOf, type ServiceCall } from './services/service.ts';

/** Who signed a call, as its credential scope says. */
export interface Credential {
  readonly accessKeyId: string;
  readonly region: string;
}

/** A function of the templates; the stack itself and tests that look into tables; or nobody known. */
export type Caller =
  | { readonly kind: 'function'; readonly name: string; readonly region: string }
  | { readonly kind: 'operator' }
  | { readonly kind: 'unknown'; readonly accessKeyId: string }
  | { readonly kind: 'anonymous' };

const SCOPE = /^([^/]+)\/\d{8}\/([^/]+)\/[^/]+\/aws4_request$/;

/** `<access key id>/<day>/<region>/<service>/aws4_request`; undefined when it is none. */
export const credentialOf = (scope: string): Credential | undefined => {
  const [, accessKeyId, region] = SCOPE.exec(scope) ?? [];
  return accessKeyId === undefined || region === undefined ? undefined : { accessKeyId, region };
};

/** The scope in the Authorization header, else in a presigned address. */
const scopeOf = (call: Pick<ServiceCall, 'headers' | 'target'>): string => {
  const header = /\bCredential=([^,\s]+)/.exec(headerOf(call, 'authorization'))?.[1];
  if (header !== undefined) return header;
  const [, query = ''] = call.target.split('?', 2);
  return new URLSearchParams(query).get('X-Amz-Credential') ?? '';
};

export interface Callers {
  readonly ofCall: (call: Pick<ServiceCall, 'headers' | 'target'>) => Caller;
  readonly ofCredential: (credential: Credential | undefined) => Caller;
}

/** Knows every function by its access key, and the operator by his. */
export const createCallers = (functionNames: readonly string[], operator: string): Callers => {
  const names = new Map(functionNames.map((name) => [accessKeyOf(name).id, name]));
  const operatorKey = accessKeyOf(operator).id;
  const ofCredential = (credential: Credential | undefined): Caller => {
    if (credential === undefined) return { kind: 'anonymous' };
    const { accessKeyId, region } = credential;
    if (accessKeyId === operatorKey) return { kind: 'operator' };
    const name = names.get(accessKeyId);
    return name === undefined ? { kind: 'unknown', accessKeyId } : { kind: 'function', name, region };
  };
  return { ofCredential, ofCall: (call) => ofCredential(credentialOf(scopeOf(call))) };
};
