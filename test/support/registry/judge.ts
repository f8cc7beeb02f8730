import * as z from 'zod';
import { CODES } from '../../../shared/contracts/codes/catalogue.ts';
import type { EndpointSpec } from '../../../shared/contracts/endpoint.ts';
import { type ApiResponse, envelope, type Envelope } from '../local-stack.ts';
import type { Documented } from './documented.ts';

const JSON_TYPE = 'application/json; charset=utf-8';
const HTML_TYPE = 'text/html; charset=utf-8';

/** What gives away how the server is made: stack traces, and the words of engine, store and libraries. */
const INSIDES = /\n\s+at |\.[cm]?[jt]s:\d|node_modules|[A-Z]\w+(?:Error|Exception)\b|ZodError|dynamodb|arn:aws/i;

const FOUND = 302;

const NUMBERS = new Set<number>(Object.values(CODES).map(({ code }) => code));

/** Every pair of code and HTTP status that the catalogue has. */
const PAIRS = new Set(Object.values(CODES).map(({ code, status }) => `${code} ${status}`));

const LARGEST_CLOCK_DIFFERENCE_MS = 60_000;

/** The place of a parameter in a text of the catalogue. */
const UNFILLED = /\{(?!\d)/;

/** Sentences that are false of a response are what is wrong with it. */
const failing = (checks: readonly (readonly [holds: boolean, sentence: string])[]): readonly string[] =>
  checks.flatMap(([holds, sentence]) => (holds ? [] : [sentence]));

const headProblems = (
  { status, headers }: ApiResponse,
  { cacheable, type = JSON_TYPE }: { readonly cacheable: boolean; readonly type?: string },
): readonly string[] => {
  const cache = headers['cache-control'] ?? '';
  return failing([
    [status < 500, `answered ${status}`],
    [headers['content-type'] === type, `content-type is ${headers['content-type']}`],
    [cache === 'no-store' || (cacheable && /^public, max-age=\d+$/.test(cache)), `cache-control is ${cache}`],
    [/^[0-9a-f-]{36}$/.test(String(headers['x-amzn-requestid'])), 'x-amzn-requestid is missing'],
    [headers.vary === 'Origin', `vary is ${headers.vary}`],
    [status !== 429 || /^\d+$/.test(headers['retry-after'] ?? ''), 'retry-after is missing'],
  ]);
};

/** What is wrong with the limits that an answer to a known session tells, whatever it says otherwise. */
export const quotaProblemsOf = ({ headers }: ApiResponse): readonly string[] => {
  const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((name) => String(headers[`ratelimit-${name}`]));
  return failing([
    [Number(limit) > 0, `ratelimit-limit is ${limit}`],
    [Number(remaining) >= 0 && Number(remaining) < Number(limit), `ratelimit-remaining is ${remaining} of ${limit}`],
    [reset === '1', `ratelimit-reset is ${reset}`],
  ]);
};

const envelopeProblems = ({ status }: ApiResponse, body: Envelope): readonly string[] => {
  const { code, msg, time, success } = body;
  return failing([
    [success === (code === 1), `success is ${success} beside code ${code}`],
    [PAIRS.has(`${code} ${status}`), `code ${code} with status ${status} is not in the catalogue`],
    [success || (msg !== null && msg !== '' && !UNFILLED.test(msg)), `msg is ${msg}`],
    [Math.abs(time - Date.now()) < LARGEST_CLOCK_DIFFERENCE_MS, `time is ${time}`],
    [success || !INSIDES.test(JSON.stringify(body)), `shows the insides: ${JSON.stringify(body).slice(0, 300)}`],
  ]);
};

/** What is wrong with an answer that any route may give: an envelope whose parts agree. */
export const envelopeProblemsOf = (response: ApiResponse, cacheable = false): readonly string[] => {
  const parsed = envelope.safeParse(response.body);
  const body = parsed.success
    ? envelopeProblems(response, parsed.data)
    : [`the body is no envelope: ${response.bytes.toString().slice(0, 200)}`];
  return [...headProblems(response, { cacheable }), ...body];
};

const queryOf = ({ headers: { location } }: ApiResponse): URLSearchParams =>
  URL.parse(location ?? '')?.searchParams ?? new URLSearchParams();

/** What is wrong with a redirect: it leads to somewhere, with data that the contract describes or an alert. */
const redirectProblemsOf = (endpoint: EndpointSpec, response: ApiResponse): readonly string[] => {
  const query = Object.fromEntries(queryOf(response));
  const alert = z.strictObject({
    alertcode: z.coerce.number(),
    alerttype: z.enum(['expired', 'used', 'login', 'error']),
  });
  const told = alert.safeParse(query).data;
  return failing([
    [URL.canParse(response.headers.location ?? ''), `location is ${response.headers.location}`],
    [response.bytes.length === 0, 'has a body'],
    [response.headers['cache-control'] === 'no-store', `cache-control is ${response.headers['cache-control']}`],
    [told ? NUMBERS.has(told.alertcode) : endpoint.data.safeParse(query).success, `tells ${JSON.stringify(query)}`],
  ]);
};

/** What is wrong with an answer of an endpoint: it is an envelope (or its bare document) that its description takes. */
export const answerProblemsOf = (
  endpoint: EndpointSpec,
  documented: Documented,
  response: ApiResponse,
): readonly string[] => {
  if (endpoint.response === 'redirect' && response.status === FOUND) return redirectProblemsOf(endpoint, response);
  const objection = documented.objection(endpoint, response.status, response.body);
  const undocumented = objection === undefined ? [] : [`not as documented: ${objection}`];
  const cacheable = response.status === 200 && endpoint.method === 'GET' && endpoint.auth === 'none';
  if (response.status < 400 && endpoint.response !== undefined) {
    const type = endpoint.response === 'page' ? HTML_TYPE : JSON_TYPE;
    return [...headProblems(response, { cacheable, type }), ...undocumented];
  }
  return [...envelopeProblemsOf(response, cacheable), ...undocumented];
};

/** The code of an answer, that of a redirect by what it tells the front-end; undefined for a bare document. */
export const codeOf = (response: ApiResponse): number | undefined => {
  if (response.status !== FOUND) return envelope.safeParse(response.body).data?.code;
  return Number(queryOf(response).get('alertcode') ?? CODES.SUCCESS.code);
};

/** The sentence of an answer; empty where it has none. */
export const messageOf = ({ body }: ApiResponse): string => envelope.safeParse(body).data?.msg ?? '';
