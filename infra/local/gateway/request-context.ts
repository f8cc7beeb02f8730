import { randomUUID } from 'node:crypto';
import type { Api, ApiPath } from '../template/api.ts';
import { ACCOUNT } from '../template/physical-names.ts';
import type { CallerIdentity } from './principal.ts';
import { headerOf, type HttpRequest } from './request.ts';

/** What API Gateway knows of a request beside the request itself. */
export interface RequestContext {
  readonly accountId: string;
  readonly apiId: string;
  readonly domainName: string;
  readonly domainPrefix: string;
  readonly extendedRequestId: string;
  readonly httpMethod: string;
  readonly identity: Readonly<Record<string, string | null>>;
  /** With the stage, or with the base path of a custom domain. */
  readonly path: string;
  readonly protocol: string;
  readonly requestId: string;
  readonly requestTime: string;
  readonly requestTimeEpoch: number;
  readonly resourceId: string | null;
  readonly resourcePath: string | null;
  readonly stage: string;
}

export interface RequestContextInput {
  readonly api: Pick<Api, 'id' | 'stage'>;
  readonly request: HttpRequest;
  /** The matched path of the API. */
  readonly resource: Pick<ApiPath, 'id' | 'path'> | undefined;
  /** Whether the base path of a custom domain came before the API's own path. */
  readonly hasBasePath: boolean;
  /** Who calls an API with IAM authorization. */
  readonly caller?: CallerIdentity | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly id: string;
}

/** Also what other ids are cut from: Node makes these from random bytes that it keeps in stock. */
export const newRequestId = (): string => randomUUID();

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

const two = (value: number): string => String(value).padStart(2, '0');

/** Common log format, such as `09/Apr/2026:12:34:56 +0000`. */
const requestTime = (now: number): string => {
  const at = new Date(now);
  const day = `${two(at.getUTCDate())}/${MONTHS[at.getUTCMonth()]}/${at.getUTCFullYear()}`;
  return `${day}:${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} +0000`;
};

const identityOf = (request: HttpRequest): RequestContext['identity'] => ({
  accessKey: null,
  accountId: null,
  caller: null,
  cognitoAuthenticationProvider: null,
  cognitoAuthenticationType: null,
  cognitoIdentityId: null,
  cognitoIdentityPoolId: null,
  principalOrgId: null,
  sourceIp: request.sourceIp,
  user: null,
  userAgent: headerOf(request, 'user-agent') ?? null,
  userArn: null,
});

export const requestContextOf = (input: RequestContextInput): RequestContext => {
  const { api, request, resource, hasBasePath, caller, now, id } = input;
  const domainName = headerOf(request, 'host') ?? '';
  return {
    accountId: ACCOUNT,
    apiId: api.id,
    domainName,
    domainPrefix: domainName.split('.', 1)[0] ?? '',
    extendedRequestId: `${id.slice(0, 8)}${id.slice(-7)}=`,
    httpMethod: request.method,
    identity: { ...identityOf(request), ...caller },
    path: hasBasePath ? request.path : `/${api.stage}${request.path}`,
    protocol: 'HTTP/1.1',
    requestId: id,
    requestTime: requestTime(now),
    requestTimeEpoch: now,
    resourceId: resource?.id ?? null,
    resourcePath: resource?.path ?? null,
    stage: api.stage,
  };
};

/** An X-Ray trace header that goes on with the caller's trace when there is one. */
export const traceIdOf = (request: Pick<HttpRequest, 'headers'>, now: number): string => {
  const root = /Root=(1-[0-9a-f]{8}-[0-9a-f]{24})/i.exec(headerOf(request, 'x-amzn-trace-id') ?? '')?.[1];
  if (root !== undefined) return `Root=${root}`;
  const seconds = Math.floor(now / 1000)
    .toString(16)
    .padStart(8, '0');
  const id = newRequestId();
  return `Root=1-${seconds}-${id.slice(0, 8)}${id.slice(9, 13)}${id.slice(-12)}`;
};

/**
 * The trace header of one invocation: its own segment of the request's trace, so that no two are the same.
 *
 * @param invocationId - a UUID; the segment is cut from it.
 */
export const invocationTraceOf = (traceId: string, invocationId: string): string =>
  `${traceId};Parent=${invocationId.slice(0, 8)}${invocationId.slice(-8)};Sampled=0`;
