import jsonBodyParser from '@middy/http-json-body-parser';
import type { EndpointEvent, EndpointRequest, Middleware } from './request.ts';

const PLAIN_JSON = /^application\/json(?:;|$)/i;

/** What makes Middy's parser look at every key: a key that could reach a prototype, written out or escaped. */
const SUSPICIOUS = /__proto__|constructor|\\u/;

/** The value of an ordinary body; `undefined` for whatever is out of the ordinary. */
const ordinary = ({ body, headers, isBase64Encoded }: EndpointEvent): unknown => {
  if (isBase64Encoded || !body || !PLAIN_JSON.test(headers['content-type'] ?? '') || SUSPICIOUS.test(body)) {
    return undefined;
  }
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

/**
 * Parses JSON bodies. Middy's parser asks a function about every key, which takes a sixth of what a request costs; so it
 * is asked only about bodies in which there is something to find, and about those that are to be refused.
 */
export const parseJsonBody = (): Middleware => {
  const careful = jsonBodyParser();
  return {
    before: (request: EndpointRequest) => {
      const value = ordinary(request.event);
      if (value === undefined) careful.before?.(request);
      else Object.assign(request.event, { body: value });
    },
  };
};
