import type { EndpointSpec } from '../endpoint.ts';
import { domainOf } from '../registry.ts';
import { operationOf, SECURITY_SCHEMES, STAFF_SECURITY_SCHEMES } from './operation.ts';
import { sharedResponses } from './responses.ts';
import { componentSchemas, type JsonObject } from './schemas.ts';

export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: JsonObject;
  readonly servers: readonly JsonObject[];
  readonly tags: readonly JsonObject[];
  readonly paths: Readonly<Record<string, JsonObject>>;
  readonly components: {
    readonly schemas: JsonObject;
    readonly responses: JsonObject;
    readonly securitySchemes: JsonObject;
  };
}

const SERVERS = [
  { url: '/', description: 'Every route' },
  { url: '/bitgin', description: 'The same routes under the prefix that the reference also prints' },
] as const;

const DESCRIPTION = [
  'Every body is an envelope {code, msg, time, data, success}; success is whether code is 1.',
  'Read code, not msg: msg is a sentence for a person, in the language of the body field lang,',
  'else of Accept-Language, else zh-TW (offered: zh-TW, zh-CN, en).',
].join(' ');

const TAGS: Readonly<Record<string, string>> = {
  auth: 'Register and log in',
  account: 'The user and the session',
  kyc: 'Who the user is',
  landing: 'The market',
  capital: 'Send to: transfers, conversions, payments',
  wallet: 'What the user has, and what moved',
  finance: 'Banks',
  service: 'The service itself',
  admin: 'Users, and what staff did',
};

const tagsOf = (endpoints: readonly EndpointSpec[]): readonly JsonObject[] =>
  [...new Set(endpoints.map(({ id }) => domainOf(id)))].map((name) => ({
    name,
    description: TAGS[name] ?? name,
  }));

const pathsOf = (endpoints: readonly EndpointSpec[]): OpenApiDocument['paths'] => {
  const paths: Record<string, JsonObject> = {};
  for (const endpoint of endpoints) {
    const method = endpoint.method.toLowerCase();
    paths[endpoint.path] = { ...paths[endpoint.path], [method]: operationOf(endpoint) };
  }
  return paths;
};

type Api = Pick<OpenApiDocument, 'servers'> & { readonly title: string; readonly securitySchemes: JsonObject };

const PUBLIC_API: Api = { title: 'BITGIN user API', servers: SERVERS, securitySchemes: SECURITY_SCHEMES };

const STAFF_API: Api = {
  title: 'BITGIN staff API',
  servers: [{ url: '/', description: 'The gateway of the staff' }],
  securitySchemes: STAFF_SECURITY_SCHEMES,
};

const describe = (api: Api, endpoints: readonly EndpointSpec[], version: string): OpenApiDocument => ({
  openapi: '3.1.0',
  info: {
    title: api.title,
    version,
    description: DESCRIPTION,
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  servers: api.servers,
  tags: tagsOf(endpoints),
  paths: pathsOf(endpoints),
  components: {
    schemas: componentSchemas(),
    responses: sharedResponses(endpoints),
    securitySchemes: api.securitySchemes,
  },
});

/** The OpenAPI 3.1 document for people: every schema, code and example of the declared endpoints. */
export const openApiDocument = (endpoints: readonly EndpointSpec[], version: string): OpenApiDocument =>
  describe(PUBLIC_API, endpoints, version);

/** The same of the staff API. */
export const staffOpenApiDocument = (endpoints: readonly EndpointSpec[], version: string): OpenApiDocument =>
  describe(STAFF_API, endpoints, version);
