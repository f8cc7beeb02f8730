import { isBinary } from './media-type.ts';
import type { StageVariables } from '../template/api.ts';
import { headerOf, type HttpRequest } from './request.ts';
import type { RequestContext } from './request-context.ts';
import type { Match } from './routes.ts';

type Single = Readonly<Record<string, string>>;
type Multiple = Readonly<Record<string, readonly string[]>>;

/** Version 1 of the Lambda proxy event. */
export interface ProxyEvent {
  readonly resource: string;
  readonly path: string;
  readonly httpMethod: string;
  readonly headers: Single | null;
  readonly multiValueHeaders: Multiple | null;
  readonly queryStringParameters: Single | null;
  readonly multiValueQueryStringParameters: Multiple | null;
  readonly pathParameters: Single | null;
  readonly stageVariables: Single | null;
  readonly requestContext: RequestContext;
  readonly body: string | null;
  readonly isBase64Encoded: boolean;
}

export interface EventInput {
  readonly request: HttpRequest;
  readonly match: Pick<Match, 'resource' | 'pathParameters'>;
  readonly body: Buffer;
  readonly context: RequestContext;
  readonly traceId: string;
  readonly binaryMediaTypes: readonly string[];
  readonly stageVariables: StageVariables;
}

/** API Gateway keeps these to itself. */
const DROPPED_HEADERS = new Set([
  'connection',
  'content-length',
  'content-md5',
  'expect',
  'keep-alive',
  'max-forwards',
  'proxy-authenticate',
  'proxy-connection',
  'server',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'www-authenticate',
  'x-amzn-trace-id',
  // Goes on below.
  'x-forwarded-for',
  'x-forwarded-port',
  'x-forwarded-proto',
]);

/** What API Gateway adds to the headers of the client. */
const addedHeaders = ({ request, traceId }: EventInput): readonly (readonly [string, string])[] => {
  const forwarded = headerOf(request, 'x-forwarded-for');
  return [
    ['X-Amzn-Trace-Id', traceId],
    ['X-Forwarded-For', forwarded === undefined ? request.sourceIp : `${forwarded}, ${request.sourceIp}`],
    ['X-Forwarded-Port', String(request.port)],
    ['X-Forwarded-Proto', 'http'],
  ];
};

/** Values by the key that repeated names share, each name spelt as it came first. */
type Collected = Map<string, readonly [name: string, values: string[]]>;

const collect = (collected: Collected, key: string, name: string, value: string): void => {
  const entry = collected.get(key);
  if (entry) entry[1].push(value);
  else collected.set(key, [name, [value]]);
};

const headersOf = (input: EventInput): Collected => {
  const headers: Collected = new Map();
  for (const [name, value] of input.request.headers) {
    const key = name.toLowerCase();
    if (!DROPPED_HEADERS.has(key)) collect(headers, key, name, value);
  }
  for (const [name, value] of addedHeaders(input)) collect(headers, name.toLowerCase(), name, value);
  return headers;
};

const parametersOf = (query: string): Collected => {
  const parameters: Collected = new Map();
  if (query === '') return parameters;
  for (const [name, value] of new URLSearchParams(query)) collect(parameters, name, name, value);
  return parameters;
};

/** Of repeated ones, API Gateway gives the last; of none, null. */
const singleOf = (collected: Collected): Single | null =>
  collected.size === 0
    ? null
    : Object.fromEntries([...collected.values()].map(([name, values]) => [name, values.at(-1) ?? '']));

const multipleOf = (collected: Collected): Multiple | null =>
  collected.size === 0 ? null : Object.fromEntries(collected.values());

/** Makes the event that API Gateway would send to the function. */
export const proxyEventOf = (input: EventInput): ProxyEvent => {
  const { request, match, body, context, binaryMediaTypes, stageVariables } = input;
  const headers = headersOf(input);
  const query = parametersOf(request.query);
  const isBase64Encoded = body.length > 0 && isBinary(headerOf(request, 'content-type'), binaryMediaTypes);
  return {
    resource: match.resource.path,
    path: request.path,
    httpMethod: request.method,
    headers: singleOf(headers),
    multiValueHeaders: multipleOf(headers),
    queryStringParameters: singleOf(query),
    multiValueQueryStringParameters: multipleOf(query),
    pathParameters: match.pathParameters,
    stageVariables: Object.keys(stageVariables).length === 0 ? null : stageVariables,
    requestContext: context,
    body: body.length === 0 ? null : body.toString(isBase64Encoded ? 'base64' : 'utf8'),
    isBase64Encoded,
  };
};
