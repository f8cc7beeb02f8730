import { CODES, type Code, type Placeholders } from '../codes/catalogue.ts';
import { EXPOSED_HEADERS } from '../cors.ts';
import type { EndpointSpec } from '../endpoint.ts';

/** Codes whose texts hold no placeholder; the gateway has no values to fill one with. */
type PlainCode = { [C in Code]: [Placeholders<C>] extends [never] ? C : never }[Code];

/**
 * What each failure that API Gateway makes by itself means to a caller. The keys are every response type
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

/** Every response type's headers. Quoted values are literals, others are taken from the request. */
const COMMON_HEADERS = {
  'Access-Control-Allow-Origin': 'method.request.header.Origin',
  'Access-Control-Allow-Credentials': "'true'",
  'Access-Control-Expose-Headers': `'${EXPOSED_HEADERS.join(',')}'`,
  'Cache-Control': "'no-store'",
  'Content-Type': "'application/json; charset=utf-8'",
  Vary: "'Origin'",
} as const;

/** The gateway's token bucket refills every second, so a second later is the earliest useful retry. */
const THROTTLED_HEADERS = { ...COMMON_HEADERS, 'Retry-After': "'1'" } as const;

interface GatewayResponse {
  readonly statusCode: string;
  readonly responseParameters: Readonly<Record<string, string>>;
  readonly responseTemplates: Readonly<Record<string, string>>;
}

interface GatewayOperation {
  readonly operationId?: string;
  readonly parameters?: readonly object[];
  readonly responses: Readonly<Record<string, never>>;
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
  readonly endpoints: readonly Pick<EndpointSpec, 'id' | 'method' | 'path'>[];
  /** The integration URI of the function with this id. */
  readonly integrationUri: (functionId: string) => string;
  /** The function that answers what no endpoint does. */
  readonly fallbackId: string;
  /** How long the gateway waits for a function, in milliseconds. */
  readonly timeoutInMillis: number;
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

const gatewayResponse = (code: PlainCode): GatewayResponse => {
  const headers = code === 'THROTTLED' ? THROTTLED_HEADERS : COMMON_HEADERS;
  return {
    statusCode: String(CODES[code].status),
    responseParameters: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [`gatewayresponse.header.${name}`, value]),
    ),
    responseTemplates: { 'application/json': envelopeTemplate(code) },
  };
};

/** The path parameter of `/{proxy+}`, which API Gateway wants declared. */
const PROXY_PARAMETER = { name: 'proxy', in: 'path', required: true, schema: { type: 'string' } } as const;

const pathsOf = (input: GatewayDocumentInput): GatewayDocument['paths'] => {
  const invoke = (functionId: string): GatewayOperation => ({
    responses: {},
    'x-amazon-apigateway-integration': {
      type: 'aws_proxy',
      httpMethod: 'POST',
      uri: input.integrationUri(functionId),
      timeoutInMillis: input.timeoutInMillis,
    },
  });
  const anyMethod = { 'x-amazon-apigateway-any-method': invoke(input.fallbackId) };
  const paths: Record<string, Record<string, GatewayOperation>> = {};
  for (const { id, method, path } of input.endpoints) {
    paths[path] = { ...paths[path], [method.toLowerCase()]: { operationId: id, ...invoke(id) }, ...anyMethod };
  }
  return {
    ...paths,
    '/': anyMethod,
    '/{proxy+}': {
      'x-amazon-apigateway-any-method': { parameters: [PROXY_PARAMETER], ...invoke(input.fallbackId) },
    },
  };
};

/**
 * Writes the document that makes the gateway: a route for each endpoint, the fallback for every other method
 * and path, and an envelope for every failure that API Gateway makes by itself.
 */
export const gatewayDocument = (input: GatewayDocumentInput): GatewayDocument => ({
  openapi: '3.0.1',
  info: { title: input.title, version: '1' },
  paths: pathsOf(input),
  'x-amazon-apigateway-binary-media-types': ['multipart/form-data'],
  'x-amazon-apigateway-gateway-responses': Object.fromEntries(
    Object.entries(GATEWAY_RESPONSE_CODES).map(([type, code]) => [type, gatewayResponse(code)]),
  ),
});
