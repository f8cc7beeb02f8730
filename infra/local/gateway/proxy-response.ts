import * as z from 'zod';
import { type HttpResponse, isValidResponse } from './http-response.ts';
import { isBinary } from './media-type.ts';

type HeaderValue = string | boolean;

const isHeaderValue = (value: unknown): value is HeaderValue => typeof value === 'string' || typeof value === 'boolean';

/** A record of zod's takes as long as all the rest of an answer, and every request has two. */
const recordOf = <V>(isValue: (value: unknown) => value is V) =>
  z.custom<Readonly<Record<string, V>>>(
    (given) =>
      typeof given === 'object' && given !== null && !Array.isArray(given) && Object.values(given).every(isValue),
  );

const isHeaderValues = (value: unknown): value is readonly HeaderValue[] =>
  Array.isArray(value) && value.every(isHeaderValue);

/** API Gateway refuses answers with any other member. */
const proxyResponse = z.strictObject({
  statusCode: z.coerce.number().int().default(200),
  headers: recordOf(isHeaderValue).nullish(),
  multiValueHeaders: recordOf(isHeaderValues).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

export interface ClientSide {
  /** The request's Accept header. */
  readonly accept: string | undefined;
  readonly binaryMediaTypes: readonly string[];
}

/** Headers of a function that API Gateway renames, because it sets its own. */
const REMAPPED = new Set(['connection', 'content-length', 'date', 'server']);

const headersOf = ({ headers, multiValueHeaders }: z.output<typeof proxyResponse>): HttpResponse['headers'] => {
  const merged = new Map<string, readonly string[]>([['content-type', ['application/json']]]);
  const merge = (name: string, values: readonly string[]): void => {
    const lower = name.toLowerCase();
    if (lower !== 'transfer-encoding') merged.set(REMAPPED.has(lower) ? `x-amzn-remapped-${lower}` : lower, values);
  };
  for (const [name, value] of Object.entries(headers ?? {})) merge(name, [String(value)]);
  for (const [name, values] of Object.entries(multiValueHeaders ?? {})) merge(name, values.map(String));
  return merged;
};

/** Base64 is decoded only for a client whose first accepted type is a binary one. */
const bodyOf = (
  response: z.output<typeof proxyResponse>,
  { accept, binaryMediaTypes }: ClientSide,
): string | Buffer => {
  const decodes = response.isBase64Encoded === true && isBinary(accept?.split(',', 1)[0], binaryMediaTypes);
  const body = response.body ?? '';
  return decodes ? Buffer.from(body, 'base64') : body;
};

const parseJson = (payload: string): unknown => {
  try {
    return JSON.parse(payload);
  } catch {
    return undefined;
  }
};

/** Turns what a function returned into an answer; undefined when API Gateway would call it malformed. */
export const httpResponseOf = (payload: string, client: ClientSide): HttpResponse | undefined => {
  const parsed = proxyResponse.safeParse(parseJson(payload));
  if (!parsed.success) return undefined;
  const response = {
    status: parsed.data.statusCode,
    headers: headersOf(parsed.data),
    body: bodyOf(parsed.data, client),
  };
  return isValidResponse(response) ? response : undefined;
};
