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

const headersOf = (input: EventInput): readonly (readonly [string, string])[] => {
  const sent = input.request.headers.filter(([name]) => {
    const lower = name.toLowerCase();
    return !DROPPED_HEADERS.has(lower) && lower !== 'x-forwarded-for';
  });
  return [...sent, ...addedHeaders(input)];
};

/** Collects repeated names under `fold(name)`, spelt as they came first. */
const collect = (
  pairs: Iterable<readonly [string, string]>,
  fold: (name: string) => string,
): { readonly single: Single; readonly multiple: Multiple } | undefined => {
  const byName = new Map<string, { readonly name: string; readonly values: string[] }>();
  for (const [name, value] of pairs) {
    const key = fold(name);
    const entry = byName.get(key);
    if (entry) entry.values.push(value);
    else byName.set(key, { name, values: [value] });
  }
  if (byName.size === 0) return undefined;
  const entries = [...byName.values()];
  return {
    // Of repeated ones, API Gateway gives the last.
    single: Object.fromEntries(entries.map(({ name, values }) => [name, values.at(-1) ?? ''])),
    multiple: Object.fromEntries(entries.map(({ name, values }) => [name, values])),
  };
};

/** Makes the event that API Gateway would send to the function. */
export const proxyEventOf = (input: EventInput): ProxyEvent => {
  const { request, match, body, context, binaryMediaTypes, stageVariables } = input;
  const headers = collect(headersOf(input), (name) => name.toLowerCase());
  const query = request.query === '' ? undefined : collect(new URLSearchParams(request.query), (name) => name);
  const isBase64Encoded = body.length > 0 && isBinary(headerOf(request, 'content-type'), binaryMediaTypes);
  return {
    resource: match.resource.path,
    path: request.path,
    httpMethod: request.method,
    headers: headers?.single ?? null,
    multiValueHeaders: headers?.multiple ?? null,
    queryStringParameters: query?.single ?? null,
    multiValueQueryStringParameters: query?.multiple ?? null,
    pathParameters: match.pathParameters,
    stageVariables: Object.keys(stageVariables).length === 0 ? null : stageVariables,
    requestContext: context,
    body: body.length === 0 ? null : body.toString(isBase64Encoded ? 'base64' : 'utf8'),
    isBase64Encoded,
  };
};
