import type { Api, GatewayResponse } from '../template/api.ts';
import type { HttpResponse } from './http-response.ts';
import { headerOf, type HttpRequest } from './request.ts';
import type { RequestContext } from './request-context.ts';

/** The errors that the gateway answers by itself, with API Gateway's own status and text. */
const DEFAULTS = {
  DEFAULT_4XX: { status: 400, message: 'Bad request' },
  DEFAULT_5XX: { status: 502, message: 'Internal server error' },
  INTEGRATION_TIMEOUT: { status: 504, message: 'Endpoint request timed out' },
  MISSING_AUTHENTICATION_TOKEN: { status: 403, message: 'Missing Authentication Token' },
  REQUEST_TOO_LARGE: { status: 413, message: 'HTTP content length exceeded 10485760 bytes.' },
} as const;

export type GatewayResponseType = keyof typeof DEFAULTS;

export interface GatewayResponseInput {
  readonly responses: Api['gatewayResponses'];
  readonly type: GatewayResponseType;
  readonly request: HttpRequest;
  readonly context: RequestContext;
}

const PLAIN: GatewayResponse = {
  statusCode: undefined,
  responseParameters: {},
  responseTemplates: { 'application/json': '{"message":$context.error.messageString}' },
};

const JSON_TYPE = 'application/json';

const scalar = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

/** `$context` by dotted name. */
const variablesOf = ({ type, context }: GatewayResponseInput): ReadonlyMap<string, string> => {
  const { message } = DEFAULTS[type];
  const { identity, ...rest } = context;
  const entries = [
    ...Object.entries(rest),
    ...Object.entries(identity).map(([name, value]) => [`identity.${name}`, value] as const),
    ['error.message', message] as const,
    ['error.messageString', JSON.stringify(message)] as const,
    ['error.responseType', type] as const,
  ];
  return new Map(
    entries.flatMap(([name, value]) => {
      const text = scalar(value);
      return text === undefined ? [] : [[name, text] as const];
    }),
  );
};

/** The value that a mapping expression stands for; undefined when the request has none. */
const mapped = (
  expression: string,
  request: HttpRequest,
  variables: ReadonlyMap<string, string>,
): string | undefined => {
  const literal = /^'(.*)'$/s.exec(expression)?.[1];
  if (literal !== undefined) return literal;
  const header = /^method\.request\.header\.(.+)$/.exec(expression)?.[1];
  if (header !== undefined) return headerOf(request, header);
  const query = /^method\.request\.querystring\.(.+)$/.exec(expression)?.[1];
  if (query !== undefined) return new URLSearchParams(request.query).get(query) ?? undefined;
  const variable = /^context\.(.+)$/.exec(expression)?.[1];
  if (variable !== undefined) return variables.get(variable);
  throw new Error(`The local gateway does not understand the mapping "${expression}" of a gateway response.`);
};

const render = (template: string, variables: ReadonlyMap<string, string>): string =>
  template.replaceAll(/\$context\.([A-Za-z]+(?:\.[A-Za-z]+)*)/g, (_match, name: string) => variables.get(name) ?? '');

const HEADER = 'gatewayresponse.header.';

const headersOf = (
  response: GatewayResponse,
  contentType: string,
  request: HttpRequest,
  variables: ReadonlyMap<string, string>,
) => {
  const headers = new Map<string, readonly string[]>([['content-type', [contentType]]]);
  for (const [target, expression] of Object.entries(response.responseParameters)) {
    if (!target.startsWith(HEADER)) throw new Error(`The local gateway cannot set "${target}" of a gateway response.`);
    const value = mapped(expression, request, variables);
    if (value !== undefined) headers.set(target.slice(HEADER.length).toLowerCase(), [value]);
  }
  return headers;
};

/** The response of that type, else the default one of its class. */
const responseOf = ({ responses, type }: GatewayResponseInput): GatewayResponse => {
  const ofClass = DEFAULTS[type].status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX';
  return responses.get(type) ?? responses.get(ofClass) ?? PLAIN;
};

/** Renders an error of the gateway itself as the API's body customizes it. */
export const gatewayResponseOf = (input: GatewayResponseInput): HttpResponse => {
  const response = responseOf(input);
  const variables = variablesOf(input);
  const [contentType = JSON_TYPE, template = ''] =
    Object.entries(response.responseTemplates).find(([type]) => type === JSON_TYPE) ??
    Object.entries(response.responseTemplates)[0] ??
    [];
  return {
    status: response.statusCode ?? DEFAULTS[input.type].status,
    headers: headersOf(response, contentType, input.request, variables),
    body: render(template, variables),
  };
};
