import { CODES, type PlainCode } from '../codes/catalogue.ts';
import { EXPOSED_HEADERS } from '../cors.ts';
import type { EndpointSpec } from '../endpoint.ts';
import { TRANSPORT_HEADERS } from '../transport.ts';

/**
 * What each failure that API Gateway makes by itself means to a caller; it has no values to fill a placeholder with.
 * The keys are every response type
 * that the service has ("Gateway response types for API Gateway", API Gateway developer guide).
 */
export const GATEWAY_RESPONSE_CODES = {
  ACCESS_DENIED: 'FORBIDDEN',
  API_CONFIGURATION_ERROR: 'INTERNAL_ERROR',
  AUTHORIZER_CONFIGURATION_ERROR: 'INTERNAL_ERROR',
  AUTHORIZER_FAILURE: 'INTERNAL_ERROR',
  BAD_REQUEST_BODY: 'BAD_REQUEST',
  BAD_REQUEST_PARAMETERS: 'BAD_REQUEST',
  DEFAULT_4XX: 'BAD_REQUEST',
  DEFAULT_5XX: 'INTERNAL_ERROR',
  EXPIRED_TOKEN: 'FORBIDDEN',
  INTEGRATION_FAILURE: 'SERVICE_UNAVAILABLE',
  INTEGRATION_TIMEOUT: 'TIMEOUT',
  INVALID_API_KEY: 'FORBIDDEN',
  INVALID_SIGNATURE: 'FORBIDDEN',
  MISSING_AUTHENTICATION_TOKEN: 'NOT_FOUND',
  QUOTA_EXCEEDED: 'THROTTLED',
  REQUEST_TOO_LARGE: 'PAYLOAD_TOO_LARGE',
  RESOURCE_NOT_FOUND: 'NOT_FOUND',
  THROTTLED: 'THROTTLED',
  UNAUTHORIZED: 'UNAUTHORIZED',
  UNSUPPORTED_MEDIA_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
  WAF_FILTERED: 'FORBIDDEN',
} as const satisfies Readonly<Record<string, PlainCode>>;

/** Where every method needs a signature, a request without one is told nothing of what exists. */
const STAFF_RESPONSE_CODES = { ...GATEWAY_RESPONSE_CODES, MISSING_AUTHENTICATION_TOKEN: 'FORBIDDEN' } as const;

type Headers = Readonly<Record<string, string>>;

/** Every response type's headers. Quoted values are literals, others are taken from the request. */
const COMMON_HEADERS: Headers = {
  'Cache-Control': "'no-store'",
  'Content-Type': "'application/json; charset=utf-8'",
  Vary: "'Origin'",
};

const PUBLIC_HEADERS: Headers = {
  'Access-Control-Allow-Origin': 'method.request.header.Origin',
  'Access-Control-Allow-Credentials': "'true'",
  'Access-Control-Expose-Headers': `'${EXPOSED_HEADERS.join(',')}'`,
  ...COMMON_HEADERS,
};

const SECURE_HEADERS: Headers = Object.fromEntries(
  Object.entries(TRANSPORT_HEADERS).map(([name, value]) => [name, `'${value}'`]),
);

/** The gateway's token bucket refills every second, so a second later is the earliest useful retry. */
const RETRY_LATER: Headers = { 'Retry-After': "'1'" };

interface GatewayResponse {
  readonly statusCode: string;
  readonly responseParameters: Readonly<Record<string, string>>;
  readonly responseTemplates: Readonly<Record<string, string>>;
}

interface GatewayOperation {
  readonly operationId?: string;
  readonly parameters?: readonly object[];
  readonly responses: Readonly<Record<string, never>>;
  /** Without it, anybody may call. */
  readonly 'x-amazon-apigateway-auth'?: { readonly type: 'AWS_IAM' };
  readonly 'x-amazon-apigateway-integration': {
    readonly type: 'aws_proxy';
    readonly httpMethod: 'POST';
    readonly uri: string;
    readonly timeoutInMillis: number;
  };
}

/** The OpenAPI 3.0.1 document that API Gateway imports; only what the gateway acts on is in it. */
export interface GatewayDocument {
  readonly openapi: '3.0.1';
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, GatewayOperation>>>>;
  readonly 'x-amazon-apigateway-binary-media-types': readonly string[];
  readonly 'x-amazon-apigateway-gateway-responses': Readonly<Record<string, GatewayResponse>>;
}

export interface GatewayDocumentInput {
  readonly title: string;
  readonly endpoints: readonly Pick<EndpointSpec, 'id' | 'method' | 'path' | 'alsoAt'>[];
  /** The integration URI of the function with this id. */
  readonly integrationUri: (functionId: string) => string;
  /** The function that answers what no endpoint does. */
  readonly fallbackId: string;
  /** How long the gateway waits for a function, in milliseconds. */
  readonly timeoutInMillis: number;
  /**
   * `public`: anybody, from configured origins too. `staff`: every method asks for a signature by an identity of IAM
   * that may call it, and no page of another site may.
   */
  readonly audience: 'public' | 'staff';
  /** Whether it is reached by TLS alone; only the gateway of one machine is not. */
  readonly secure: boolean;
}

/**
 * CloudFormation runs non-ASCII text as it is, but its GetTemplate API returns question marks for it, which
 * breaks `cdk diff` and `cdk import`. JSON escapes say the same in ASCII.
 */
const asciiJson = (value: string): string =>
  JSON.stringify(value).replaceAll(
    /[\u0080-\uFFFF]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

const envelopeTemplate = (code: PlainCode): string => {
  const { code: number, text } = CODES[code];
  const message = asciiJson(`${text['zh-TW']}（${text.en}）`);
  return `{"code":${number},"msg":${message},"time":$context.requestTimeEpoch,"data":null,"success":false}`;
};

const gatewayResponse = (code: PlainCode, headers: Headers): GatewayResponse => {
  const all = code === 'THROTTLED' ? { ...headers, ...RETRY_LATER } : headers;
  return {
    statusCode: String(CODES[code].status),
    responseParameters: Object.fromEntries(
      Object.entries(all).map(([name, value]) => [`gatewayresponse.header.${name}`, value]),
    ),
    responseTemplates: { 'application/json': envelopeTemplate(code) },
  };
};

/** The parameters of a path, which API Gateway wants declared. */
const pathParameters = (path: string): Pick<GatewayOperation, 'parameters'> => {
  const names = [...path.matchAll(/\{(\w+)\+?\}/g)].map(([, name]) => name);
  const parameters = names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
  return parameters.length > 0 ? { parameters } : {};
};

const pathsOf = (input: GatewayDocumentInput): GatewayDocument['paths'] => {
  const invoke = (functionId: string, path: string): GatewayOperation => ({
    ...pathParameters(path),
    responses: {},
    ...(input.audience === 'staff' && { 'x-amazon-apigateway-auth': { type: 'AWS_IAM' } }),
    'x-amazon-apigateway-integration': {
      type: 'aws_proxy',
      httpMethod: 'POST',
      uri: input.integrationUri(functionId),
      timeoutInMillis: input.timeoutInMillis,
    },
  });
  const anyMethod = (path: string) => ({ 'x-amazon-apigateway-any-method': invoke(input.fallbackId, path) });
  const paths: Record<string, Record<string, GatewayOperation>> = {};
  const route = (path: string, method: string, operation: GatewayOperation): void => {
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation, ...anyMethod(path) };
  };
  for (const { id, method, path, alsoAt } of input.endpoints) {
    route(path, method, { operationId: id, ...invoke(id, path) });
    if (alsoAt) route(alsoAt, method, invoke(id, alsoAt));
  }
  return {
    ...paths,
    '/': anyMethod('/'),
    '/{proxy+}': anyMethod('/{proxy+}'),
  };
};

/**
 * Writes the document that makes the gateway: a route for each endpoint, the fallback for every other method
 * and path, and an envelope for every failure that API Gateway makes by itself.
 */
export const gatewayDocument = (input: GatewayDocumentInput): GatewayDocument => {
  const isPublic = input.audience === 'public';
  const codes = isPublic ? GATEWAY_RESPONSE_CODES : STAFF_RESPONSE_CODES;
  const headers = { ...(isPublic ? PUBLIC_HEADERS : COMMON_HEADERS), ...(input.secure && SECURE_HEADERS) };
  return {
    openapi: '3.0.1',
    info: { title: input.title, version: '1' },
    paths: pathsOf(input),
    'x-amazon-apigateway-binary-media-types': isPublic ? ['multipart/form-data'] : [],
    'x-amazon-apigateway-gateway-responses': Object.fromEntries(
      Object.entries(codes).map(([type, code]) => [type, gatewayResponse(code, headers)]),
    ),
  };
};
