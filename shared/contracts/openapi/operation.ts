import * as z from 'zod/mini';
import type { Auth, EndpointSpec, RateClass } from '../endpoint.ts';
import { SIGNATURE_HEADERS } from '../api-key-headers.ts';
import { domainOf } from '../registry.ts';
import { responsesOf, statusesOf } from './responses.ts';
import { type JsonObject, jsonSchemaOf } from './schemas.ts';

/** `components.securitySchemes`. */
export const SECURITY_SCHEMES = {
  tokenHeader: { type: 'apiKey', in: 'header', name: 'token', description: 'The session token that login gave' },
  tokenCookie: { type: 'apiKey', in: 'cookie', name: 'token', description: 'The same token as a cookie' },
  apiKey: { type: 'apiKey', in: 'header', name: SIGNATURE_HEADERS.apiKey, description: 'The API key' },
  apiNonce: {
    type: 'apiKey',
    in: 'header',
    name: SIGNATURE_HEADERS.nonce,
    description: "Epoch milliseconds, at most 30 s from the server's clock",
  },
  apiSignature: {
    type: 'apiKey',
    in: 'header',
    name: SIGNATURE_HEADERS.signature,
    description:
      'Lower-case hex of HMAC-SHA384(secret, url path + btse-nonce + body): the path as sent, without stage and query, and the raw bytes of the body',
  },
} as const;

/** `components.securitySchemes` of the staff API. */
export const STAFF_SECURITY_SCHEMES = {
  iam: {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    description: 'AWS Signature Version 4, service execute-api, by an identity whose policy allows the route',
  },
} as const;

const TOKEN = [{ tokenHeader: [] }, { tokenCookie: [] }] as const;

const SECURITY: Readonly<Record<Auth, readonly JsonObject[]>> = {
  none: [],
  optional: [{}, ...TOKEN],
  session: TOKEN,
  pending: TOKEN,
  staff: [{ iam: [] }],
};

const securityOf = ({ auth, apiKey }: EndpointSpec): readonly JsonObject[] =>
  apiKey !== false ? [...SECURITY[auth], { apiKey: [], apiNonce: [], apiSignature: [] }] : SECURITY[auth];

/** What an API key needs, for programs: always the same scope, or one by the value of a field. */
const scopesOf = ({ apiKey }: EndpointSpec): JsonObject | undefined => {
  if (apiKey === false) return undefined;
  return typeof apiKey === 'string' ? { always: apiKey } : { by: apiKey.by, values: apiKey.scopes };
};

const keyTextOf = ({ apiKey }: EndpointSpec): readonly string[] => {
  if (apiKey === false) return [];
  if (typeof apiKey === 'string')
    return [`An API key with the scope \`${apiKey}\` is accepted in place of the session.`];
  const scopes = Object.entries(apiKey.scopes).map(([value, scope]) => `\`${scope}\` for ${value}`);
  return [`An API key is accepted in place of the session, by \`${apiKey.by}\` with the scope ${scopes.join(', ')}.`];
};

const AUTH_TEXTS: Readonly<Record<Auth, string>> = {
  none: 'Public.',
  optional: 'Public; a session token makes the caller known.',
  session: 'Needs a session.',
  pending: 'Needs a session; one that still owes its second factor will do.',
  staff: 'For staff, by IAM.',
};

const RATE_TEXTS: Readonly<Record<RateClass, string>> = {
  public: 'Limited by source address, by the gateway.',
  address: 'Limited by source address.',
  staff: 'Limited as a whole, by the gateway.',
  query: 'Rate class Query: 15 requests a second for one key or session and route, 30 for one user.',
  orders: 'Rate class Orders: 75 requests a second.',
};

const descriptionOf = (endpoint: EndpointSpec): string =>
  [
    `Chapter ${endpoint.chapter} of the API specification.`,
    AUTH_TEXTS[endpoint.auth],
    ...keyTextOf(endpoint),
    RATE_TEXTS[endpoint.rate],
    ...(endpoint.changesState ? ['Changes state, and so refuses requests forged by other sites.'] : []),
    ...(endpoint.idempotent ? ['Moves or reserves money: with an `Idempotency-Key` it does so once.'] : []),
    `Answers with HTTP status ${statusesOf(endpoint).join(', ')}.`,
  ].join(' ');

const objectSchema = z.looseObject({
  properties: z.prefault(z.record(z.string(), z.record(z.string(), z.unknown())), {}),
  required: z.prefault(z.array(z.string()), []),
});

const withExample = (parameter: JsonObject, example: unknown): JsonObject =>
  example === undefined ? parameter : { ...parameter, example };

/** The parameters in one place of the request. */
const parametersIn = (
  place: 'path' | 'query',
  fields: EndpointSpec['query'],
  examples: Readonly<Record<string, unknown>> = {},
): readonly JsonObject[] => {
  if (!fields) return [];
  const { properties, required } = objectSchema.parse(jsonSchemaOf(fields, 'input'));
  return Object.entries(properties).map(([name, schema]) =>
    withExample({ name, in: place, required: required.includes(name), schema }, examples[name]),
  );
};

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'Names the request, among those of the same caller, for 24 hours: sent again with the same body (second factor apart) it has no second effect and gets the first answer. Refused requests do not count.',
  schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x20-\\x7e]+$' },
} as const;

const parametersOf = ({ params, query, example, idempotent }: EndpointSpec): readonly JsonObject[] => [
  ...parametersIn('path', params, example.params),
  ...parametersIn('query', query, example.query),
  ...(idempotent ? [IDEMPOTENCY_KEY] : []),
];

const requestBodyOf = ({ body, bodyType, example }: EndpointSpec): JsonObject | undefined =>
  body && {
    required: true,
    content: {
      [bodyType === 'multipart' ? 'multipart/form-data' : 'application/json']: {
        schema: jsonSchemaOf(body, 'input'),
        ...(example.body && { example: example.body }),
      },
    },
  };

/** One operation of the document, all of it read from the endpoint's declaration. */
export const operationOf = (endpoint: EndpointSpec): JsonObject => {
  const parameters = parametersOf(endpoint);
  const requestBody = requestBodyOf(endpoint);
  const scopes = scopesOf(endpoint);
  return {
    operationId: endpoint.id,
    tags: [domainOf(endpoint.id)],
    summary: endpoint.summary,
    description: descriptionOf(endpoint),
    security: securityOf(endpoint),
    ...(scopes && { 'x-scopes': scopes }),
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody && { requestBody }),
    responses: responsesOf(endpoint),
  };
};
