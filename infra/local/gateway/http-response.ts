import { type ServerResponse, validateHeaderName, validateHeaderValue } from 'node:http';

/** An answer of the gateway, ready to be written. */
export interface HttpResponse {
  readonly status: number;
  /** Repeated headers, such as Set-Cookie, have several values. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  /** Text is written together with the headers, in one go. */
  readonly body: string | Buffer;
}

const isValidHeader = (name: string, values: readonly string[]): boolean => {
  try {
    validateHeaderName(name);
    for (const value of values) validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
};

/** Whether HTTP can carry the answer. */
export const isValidResponse = ({ status, headers }: HttpResponse): boolean =>
  status >= 200 && status <= 599 && [...headers].every(([name, values]) => isValidHeader(name, values));

/** Writes an answer and the id under which the request is known. */
export const writeResponse = (
  response: ServerResponse,
  { status, headers, body }: HttpResponse,
  requestId: string,
): void => {
  for (const [name, values] of headers) response.setHeader(name, values.length === 1 ? (values[0] ?? '') : values);
  response.setHeader('x-amzn-RequestId', requestId);
  response.statusCode = status;
  response.end(body);
};
