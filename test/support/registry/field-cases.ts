import type * as z from 'zod/mini';
import { CODES } from '../../../shared/contracts/codes/catalogue.ts';
import type { EndpointSpec } from '../../../shared/contracts/endpoint.ts';
import { moneyFieldsOf } from '../../../shared/contracts/money.ts';
import { bodyParser } from '../../../shared/http/json-body.ts';
import type { ApiResponse } from '../local-stack.ts';
import { codeOf, messageOf } from './judge.ts';
import { additionsOf, type Mutation, mutationsOf } from './mutations.ts';
import { type Case, pathOf, queryOf } from './over-http.ts';

const { code: INVALID } = CODES.INVALID_PARAMETER;

/** What answers a field that is refused: its own code or literal text where the contract gives one. */
const refusalProblems = (endpoint: EndpointSpec, field: string | undefined, response: ApiResponse) => {
  const code = codeOf(response);
  const message = messageOf(response);
  const empty = field === undefined ? undefined : endpoint.emptyFields?.[field];
  if (empty && 'code' in empty && code === CODES[empty.code].code) return [];
  const wrong = field === undefined ? undefined : endpoint.wrongFields?.[field];
  if (wrong && code === CODES[wrong].code && message === CODES[wrong].text['zh-TW']) return [];
  if (code !== INVALID) return [`answered ${code} to what the schema refuses`];
  if (endpoint.response === 'redirect') return [];
  const named = field === undefined || message.includes(field) || (empty && 'literal' in empty);
  return named ? [] : [`does not name ${field}: ${message}`];
};

/** What may be refused before any schema sees it, whatever field it is in: names of prototypes, half surrogate pairs. */
const PROTECTED = /"(?:__proto__|constructor)":|\\ud[89a-f]/i;

/** Holds the verdict of the endpoint's schema against the answer. */
const verdict = (endpoint: EndpointSpec, schema: z.ZodMiniType, { field, text }: Mutation) => {
  const takes = schema.safeParse(bodyParser(moneyFieldsOf(schema))(text)).success;
  const isProtected = PROTECTED.test(text);
  const mayRefuse = endpoint.codes.includes('INVALID_PARAMETER') || isProtected;
  return (response: ApiResponse): readonly string[] => {
    if (!takes) return refusalProblems(endpoint, isProtected ? undefined : field, response);
    return codeOf(response) === INVALID && !mayRefuse ? [`refused what the schema takes: ${messageOf(response)}`] : [];
  };
};

/** The body with every field left out, replaced, and joined by others. */
export const bodyFieldCases = (endpoint: EndpointSpec, schema: z.ZodMiniType): readonly Case[] => {
  const { body } = endpoint.example;
  return [...mutationsOf(schema, body), ...additionsOf(body)].map((mutation) => ({
    name: mutation.name,
    request: { headers: { 'content-type': 'application/json' }, body: mutation.text },
    expect: verdict(endpoint, schema, mutation),
  }));
};

/** A value of a query is text; what is none is written as JSON. Requests of over 10,240 bytes get no farther than the gateway. */
const LONGEST_QUERY = 4_000;

const queryText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** The query with every field left out, replaced, and joined by others. */
export const queryFieldCases = (endpoint: EndpointSpec, schema: z.ZodMiniType): readonly Case[] =>
  [...mutationsOf(schema, endpoint.example.query), ...additionsOf(endpoint.example.query)].flatMap((mutation) => {
    const parsed: unknown = JSON.parse(mutation.text);
    const sent = Object.fromEntries(Object.entries(parsed ?? {}).map(([name, value]) => [name, queryText(value)]));
    const query = queryOf(sent);
    if (query.length > LONGEST_QUERY) return [];
    const received = Object.fromEntries(new URLSearchParams(query));
    const check = verdict(endpoint, schema, { ...mutation, text: JSON.stringify(received) });
    return [{ name: mutation.name, request: { target: `${pathOf(endpoint)}${query}` }, expect: check }];
  });

/** The documented example. */
export const exampleCase = ({ example }: EndpointSpec): Case => ({
  name: 'the example',
  request: example.body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(example.body) } : {},
  expect: (response) => (codeOf(response) === INVALID ? [`refused: ${messageOf(response)}`] : []),
});
