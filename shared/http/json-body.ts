import jsonBodyParser from '@middy/http-json-body-parser';
import { parseNumbers } from '../contracts/json-source.ts';
import type { EndpointEvent, EndpointRequest, Middleware } from './request.ts';

const PLAIN_JSON = /^application\/json(?:;|$)/i;

/** What makes Middy's parser look at every key: a key that could reach a prototype, written out or escaped. */
const SUSPICIOUS = /__proto__|constructor|\\u/;

type Parse = (text: string) => unknown;

const plain: Parse = (text) => JSON.parse(text);

/** What parses bodies, and keeps the number literals of some fields as strings, as they were written: a double would round them. */
export const bodyParser = (exact: readonly string[]): Parse => {
  if (exact.length === 0) return plain;
  const kept = new Set(exact);
  return (text) => parseNumbers(text, (source, key, value) => (kept.has(key) ? source : value));
};

/** The value of an ordinary body; `undefined` for whatever is out of the ordinary. */
const ordinary = ({ body, headers, isBase64Encoded }: EndpointEvent, parse: Parse): unknown => {
  if (isBase64Encoded || !body || !PLAIN_JSON.test(headers['content-type'] ?? '') || SUSPICIOUS.test(body)) {
    return undefined;
  }
  try {
    return parse(body);
  } catch {
    return undefined;
  }
};

/**
 * Parses JSON bodies. Middy's parser asks a function about every key, which takes a sixth of what a request costs; so it
 * is asked only about bodies in which there is something to find, and about those that are to be refused.
 *
 * @param exact names of fields whose numbers are kept as the text that was sent. Middy's parser has no access to it, so
 *   that it only decides whether such a body is taken.
 */
export const parseJsonBody = (exact: readonly string[] = []): Middleware => {
  const careful = jsonBodyParser();
  const parse = bodyParser(exact);
  const carefully = (request: EndpointRequest): void => {
    const { body, isBase64Encoded } = request.event;
    careful.before?.(request);
    if (parse === plain || body === null) return;
    Object.assign(request.event, { body: parse(isBase64Encoded ? Buffer.from(body, 'base64').toString() : body) });
  };
  return {
    before: (request: EndpointRequest) => {
      const value = ordinary(request.event, parse);
      if (value === undefined) carefully(request);
      else Object.assign(request.event, { body: value });
    },
  };
};
