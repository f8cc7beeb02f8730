import { CODES } from '../../../shared/contracts/codes/catalogue.ts';
import { changesState, type EndpointSpec } from '../../../shared/contracts/endpoint.ts';
import type { ApiResponse } from '../local-stack.ts';
import { codeOf } from './judge.ts';
import { type Case, pathOf, queryOf } from './over-http.ts';
import { BAD_TOKENS, STRANGE_HEADERS, STRANGE_QUERIES } from './route-cases.ts';
import { needsSession } from './session-source.ts';

const answers = (code: number) => (response: ApiResponse) =>
  codeOf(response) === code ? [] : [`answered ${codeOf(response)}, not ${code}`];

const CROSS_SITE = {
  'sec-fetch-site': 'cross-site',
  'sec-fetch-mode': 'cors',
  origin: 'https://evil.example',
} as const;

/** The documented example as a request. */
const exampleOf = ({ example }: EndpointSpec): Case['request'] =>
  example.body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(example.body) } : {};

/** Where every success ends the session, most cases go without one: each would have to log in again. */
const isCostly = (endpoint: EndpointSpec): boolean => endpoint.clearsToken === true;

/** The example under headers that clients get wrong or make up. */
export const headerCases = (endpoint: EndpointSpec): readonly Case[] => {
  const request = exampleOf(endpoint);
  return Object.entries(STRANGE_HEADERS).map(([name, headers]) => ({
    name,
    anonymous: isCostly(endpoint),
    request: { ...request, headers: { ...request.headers, ...headers } },
  }));
};

/** The example with a query that no endpoint asks for. */
export const strangeQueryCases = (endpoint: EndpointSpec): readonly Case[] => {
  const own = queryOf(endpoint.example.query);
  return STRANGE_QUERIES.map((query) => ({
    name: query.slice(0, 60),
    anonymous: isCostly(endpoint),
    request: {
      ...exampleOf(endpoint),
      target: `${pathOf(endpoint)}${own === '' ? query : `${own}&${query.slice(1)}`}`,
    },
  }));
};

/** The example with tokens that open nothing. */
export const tokenCases = (endpoint: EndpointSpec): readonly Case[] => {
  const request = exampleOf(endpoint);
  const refused = needsSession(endpoint) ? answers(CODES.TOKEN_EXPIRED.code) : () => [];
  return [...BAD_TOKENS.map((token) => [token]), ['x', 'y']].map((tokens) => ({
    name: `token ${tokens.join(' and ').slice(0, 60)}`,
    anonymous: true,
    request: { ...request, headers: { ...request.headers, token: tokens } },
    expect: refused,
  }));
};

/** More than API Gateway takes of request line and headers together, in bytes. */
const TOO_LONG = 10_240;

/** Heads that no function sees. */
export const oversizeHeadCases = (endpoint: EndpointSpec): readonly Case[] =>
  [
    { headers: { 'x-long': 'x'.repeat(TOO_LONG) } },
    { headers: { cookie: `token=${'x'.repeat(TOO_LONG)}` } },
    { target: `${pathOf(endpoint)}?long=${'x'.repeat(TOO_LONG)}` },
  ].map((request) => ({
    name: Object.keys(request).join(),
    request,
    expect: answers(CODES.BAD_REQUEST.code),
    anonymous: true,
    byGateway: true,
  }));

/** The example as a page of another site would send it. */
export const crossSiteCase = (endpoint: EndpointSpec): Case => {
  const request = exampleOf(endpoint);
  const expected = changesState(endpoint);
  return {
    name: 'from another site',
    anonymous: true,
    request: { ...request, headers: { ...request.headers, ...CROSS_SITE } },
    expect: (response) =>
      (codeOf(response) === CODES.CROSS_SITE_REQUEST.code) === expected ? [] : [`answered ${codeOf(response)}`],
  };
};
