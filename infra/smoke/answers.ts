import * as z from 'zod';
import type { EndpointId, Result, Success } from '../../shared/client/client.ts';
import { type Code, CODES } from '../../shared/contracts/codes/catalogue.ts';
import { expectThat } from './check.ts';
import type { WireAnswer } from './wire.ts';

const envelope = z.strictObject({
  code: z.int(),
  msg: z.string().nullable(),
  time: z.int(),
  data: z.unknown(),
  success: z.boolean(),
});

/** More of an answer than this says nothing more in a line. */
const LONGEST = 80;

const inBrief = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** What an answer is in a line of the report. A token or the like never comes that far: failures carry none. */
const described = ({ status, text }: Pick<WireAnswer, 'status' | 'text'>): string => {
  const body = envelope.safeParse(parsed(text));
  return body.success
    ? `HTTP ${status}, code ${body.data.code}: ${body.data.msg ?? 'no text'}`
    : `HTTP ${status} without the API's envelope: ${text === '' ? 'no body' : inBrief(text)}`;
};

/** @throws Unexpected unless it is the envelope of that code, with its HTTP status and a text, as JSON, kept by no cache. */
export const expectRefusal = (answer: WireAnswer, name: Code): string => {
  const { code, status } = CODES[name];
  const expected = `HTTP ${status}, code ${code} in an envelope`;
  const body = envelope.safeParse(parsed(answer.text));
  const isIt = body.success && body.data.code === code && !body.data.success && body.data.msg !== null;
  expectThat(isIt && answer.status === status, expected, described(answer));
  const type = answer.headers['content-type'] ?? 'none';
  expectThat(/^application\/json; ?charset=utf-8$/i.test(type), 'content-type application/json; charset=utf-8', type);
  const cache = answer.headers['cache-control'] ?? 'none';
  expectThat(cache.includes('no-store'), 'cache-control: no-store', cache);
  return `${status} / ${code}`;
};

/** @throws Unexpected with code and text, where the call was refused. */
export const expectData = <Id extends EndpointId>(result: Result<Id>): Success<Id>['data'] => {
  expectThat(
    result.ok,
    'HTTP 200, code 1',
    result.ok ? '' : `HTTP ${result.status}, code ${result.code}: ${result.msg}`,
  );
  return result.data;
};

/** @throws Unexpected unless the call was refused with that code. */
export const expectCode = <Id extends EndpointId>(result: Result<Id>, name: Code): string => {
  const { code, status } = CODES[name];
  const given = `HTTP ${result.status}, code ${result.code}: ${result.msg ?? 'no text'}`;
  expectThat(result.code === code && result.status === status, `HTTP ${status}, code ${code}`, given);
  return `${status} / ${code}`;
};
