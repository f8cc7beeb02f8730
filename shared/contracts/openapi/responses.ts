import { alertTypeOf } from '../alerts.ts';
import { CODES, type Code } from '../codes/catalogue.ts';
import type { EndpointSpec } from '../endpoint.ts';
import { ANYWHERE, frameworkCodes } from '../framework-codes.ts';
import { failureEnvelope, sampleData, successEnvelope, onTheWire } from './samples.ts';
import { envelopeOf, type JsonObject, jsonSchemaOf } from './schemas.ts';

const JSON_TYPE = 'application/json';
const HTML_TYPE = 'text/html';

const unique = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];

/** Everything an endpoint can fail with: its contract's codes and those of the shared stack. */
export const failuresOf = (endpoint: EndpointSpec): readonly Code[] =>
  unique([...endpoint.codes, ...frameworkCodes(endpoint)]);

const stringHeader = (description: string): JsonObject => ({ description, schema: { type: 'string' } });

const countHeader = (description: string): JsonObject => ({ description, schema: { type: 'integer', minimum: 0 } });

/** On every answer to a known session or API key, failures too. */
const RATE_HEADERS = {
  'RateLimit-Limit': countHeader('Requests that the session or API key may send to this route in a second'),
  'RateLimit-Remaining': countHeader('How many more would pass now, by this limit and by the one of the user'),
  'RateLimit-Reset': countHeader('Seconds until a full window is empty again'),
} as const;

const ISSUED_TOKEN = {
  token: stringHeader('The session token, when the request earned one'),
  'Set-Cookie': stringHeader('token=…; HttpOnly; Secure; SameSite=Lax; Path=/'),
} as const;

const REPLAYED = {
  'Idempotent-Replayed': stringHeader('true where the key was seen before: the first answer again'),
} as const;

const successHeaders = ({ rate, idempotent, issuesToken, clearsToken }: EndpointSpec): JsonObject => ({
  ...((rate === 'query' || rate === 'orders') && RATE_HEADERS),
  ...(idempotent && REPLAYED),
  ...(issuesToken && ISSUED_TOKEN),
  ...(clearsToken && { 'Set-Cookie': stringHeader('Clears the token cookie') }),
});

const successSchema = (endpoint: EndpointSpec): JsonObject => {
  const data = jsonSchemaOf(endpoint.data, 'output');
  if (endpoint.response !== undefined) return data;
  return envelopeOf({
    code: { type: 'integer', const: CODES.SUCCESS.code },
    msg: { const: endpoint.successMessage },
    data,
    success: { type: 'boolean', const: true },
  });
};

const success = (endpoint: EndpointSpec): JsonObject => {
  const data = onTheWire(endpoint.example.data);
  const headers = successHeaders(endpoint);
  const example = endpoint.response === undefined ? successEnvelope(endpoint.successMessage, data) : data;
  return {
    description: 'Success',
    ...(Object.keys(headers).length > 0 && { headers }),
    content: { [endpoint.response === 'page' ? HTML_TYPE : JSON_TYPE]: { schema: successSchema(endpoint), example } },
  };
};

const FOUND = 302;

/** Success and failures alike, told to the front-end in its query. */
const redirection = (endpoint: EndpointSpec): JsonObject => {
  const query = new URLSearchParams(
    Object.entries(endpoint.example.data ?? {}).map(([name, value]) => [name, String(value)]),
  );
  return {
    description: 'To the front-end: with the result as query parameters, or with `alertcode` and `alerttype`',
    headers: {
      ...successHeaders(endpoint),
      Location: { ...stringHeader('The front-end'), required: true, example: `https://app.bitgin.example/?${query}` },
    },
    'x-data': jsonSchemaOf(endpoint.data, 'output'),
    'x-alerts': failuresOf(endpoint)
      .toSorted()
      .map((key) => ({
        alertcode: CODES[key].code,
        alerttype: alertTypeOf(endpoint, key),
        key,
        text: CODES[key].text,
      })),
  };
};

type NamedExample = readonly [name: string, example: JsonObject];

/** Examples of the texts that answer an empty field in place of the general sentence. */
const literalExamples = ({ emptyFields = {} }: EndpointSpec): readonly NamedExample[] =>
  Object.entries(emptyFields).flatMap(([field, empty]) => {
    if (!('literal' in empty)) return [];
    const value = failureEnvelope(CODES.INVALID_PARAMETER, null, empty.literal);
    return [[`INVALID_PARAMETER_${field}`, { value }] as const];
  });

const examplesOf = (endpoint: EndpointSpec, code: Code): readonly NamedExample[] => {
  const value = failureEnvelope(CODES[code], sampleData(endpoint.errorData?.[code]));
  const example: NamedExample = [code, { summary: CODES[code].text.en, value }];
  return code === 'INVALID_PARAMETER' ? [example, ...literalExamples(endpoint)] : [example];
};

/** The union of what `data` can be beside these codes; null where a code carries nothing. */
const failureData = (endpoint: EndpointSpec, codes: readonly Code[]): JsonObject => {
  const schemas = unique(codes.map((code) => endpoint.errorData?.[code]));
  const described = schemas.map((schema) => (schema ? jsonSchemaOf(schema, 'output') : { type: 'null' }));
  const [only] = described;
  return described.length === 1 && only ? only : { anyOf: described };
};

const RETRY_AFTER = {
  'Retry-After': { description: 'Whole seconds to wait', schema: { type: 'integer', minimum: 0 } },
} as const;

const failure = (endpoint: EndpointSpec, status: number, codes: readonly Code[]): JsonObject => ({
  description: codes.map((code) => `${CODES[code].code} ${code}`).join(', '),
  ...((status === 429 || codes.includes('MAINTENANCE')) && { headers: RETRY_AFTER }),
  content: {
    [JSON_TYPE]: {
      schema: {
        ...envelopeOf({
          code: { type: 'integer', enum: unique(codes.map((code) => CODES[code].code)) },
          msg: { type: 'string' },
          data: failureData(endpoint, codes),
          success: { type: 'boolean', const: false },
        }),
        'x-codes': codes.map((key) => ({ code: CODES[key].code, key, text: CODES[key].text })),
      },
      examples: Object.fromEntries(codes.flatMap((code) => examplesOf(endpoint, code))),
    },
  },
});

/** The codes of one HTTP status, in alphabetical order. */
type FailureGroup = readonly [status: number, codes: readonly Code[]];

/** The failures that come in an envelope: of a redirect only those that the gateway answers by itself. */
const envelopedFailures = (endpoint: EndpointSpec): readonly Code[] =>
  endpoint.response === 'redirect' ? ANYWHERE : failuresOf(endpoint);

const failureGroups = (endpoint: EndpointSpec): readonly FailureGroup[] => {
  const groups = new Map<number, Code[]>();
  for (const code of envelopedFailures(endpoint).toSorted()) {
    const { status } = CODES[code];
    groups.set(status, [...(groups.get(status) ?? []), code]);
  }
  return [...groups].toSorted(([a], [b]) => a - b);
};

/** The name that a response has among the components; nothing where it is peculiar to the endpoint. */
const sharedName = (endpoint: EndpointSpec, codes: readonly Code[]): string | undefined => {
  const peculiar = codes.some(
    (code) => endpoint.errorData?.[code] || (code === 'INVALID_PARAMETER' && endpoint.emptyFields),
  );
  return peculiar ? undefined : codes.join('.');
};

/** `components.responses`: failures that are the same wherever they occur, each written once. */
export const sharedResponses = (endpoints: readonly EndpointSpec[]): JsonObject =>
  Object.fromEntries(
    endpoints.flatMap((endpoint) =>
      failureGroups(endpoint).flatMap(([status, codes]) => {
        const name = sharedName(endpoint, codes);
        return name === undefined ? [] : [[name, failure(endpoint, status, codes)] as const];
      }),
    ),
  );

/** The HTTP statuses that an endpoint answers with. */
export const statusesOf = (endpoint: EndpointSpec): readonly number[] => [
  endpoint.response === 'redirect' ? FOUND : CODES.SUCCESS.status,
  ...failureGroups(endpoint).map(([status]) => status),
];

/** `responses` of an operation: success, and the failures by HTTP status with every code and its texts. */
export const responsesOf = (endpoint: EndpointSpec): JsonObject => ({
  ...(endpoint.response === 'redirect' ? { [FOUND]: redirection(endpoint) } : { '200': success(endpoint) }),
  ...Object.fromEntries(
    failureGroups(endpoint).map(([status, codes]) => {
      const name = sharedName(endpoint, codes);
      const response =
        name === undefined ? failure(endpoint, status, codes) : { $ref: `#/components/responses/${name}` };
      return [String(status), response];
    }),
  ),
});
