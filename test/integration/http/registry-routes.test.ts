import { describe, expect, it } from '@jest/globals';
import { STAGES } from '../../../infra/stages.ts';
import { CODES } from '../../../shared/contracts/codes/catalogue.ts';
import type { EndpointSpec } from '../../../shared/contracts/endpoint.ts';
import { ENDPOINTS } from '../../../shared/contracts/registry.ts';
import type { ApiResponse } from '../../support/local-stack.ts';
import { inParallel } from '../../support/registry/in-parallel.ts';
import { codeOf, envelopeProblemsOf } from '../../support/registry/judge.ts';
import { pathOf, useOverHttp } from '../../support/registry/over-http.ts';
import type { RawRequest } from '../../support/registry/raw-client.ts';
import { doubtfulPaths, METHODS, STRANGE_PATHS, unknownPaths } from '../../support/registry/route-cases.ts';

const http = useOverHttp();

/** Sends requests and says what is wrong with each answer. */
const problemsOf = async (
  requests: readonly RawRequest[],
  judge: (response: ApiResponse, request: RawRequest) => readonly string[],
): Promise<readonly string[]> => {
  const found = await inParallel(requests, 6, async (request) => {
    const problems = judge(await http().client.send(request), request);
    return problems.map((problem) => `${request.method} ${request.target.slice(0, 100)}: ${problem}`);
  });
  return found.flat();
};

const notFound = (response: ApiResponse): readonly string[] => [
  ...envelopeProblemsOf(response),
  ...(codeOf(response) === CODES.NOT_FOUND.code ? [] : [`answered ${codeOf(response)}`]),
];

const ALLOWED = STAGES.test.allowedOrigins;

const all: readonly EndpointSpec[] = ENDPOINTS;

const ROUTES = [...Map.groupBy(all, pathOf)].map(([path, endpoints]): readonly [string, readonly string[]] => [
  path,
  endpoints.map(({ method }) => method),
]);

/** Paths with the prefix that are routes of their own, and so answer under the base path as well. */
const OWN_ROUTES = new Set<string | undefined>(all.map(({ alsoAt }) => alsoAt));
const BASE_PATH = /^\/bitgin/;

const DOCUMENTS = new Set(all.filter(({ response }) => response !== undefined).map(pathOf));

describe.each(ROUTES)('%s', (path, methods) => {
  const targets = [path, `/bitgin${path}`];

  it('refuses other methods and says which ones it takes', async () => {
    const others = METHODS.filter((method) => method !== 'OPTIONS' && !methods.includes(method));
    const requests = targets.flatMap((target) => others.map((method) => ({ method, target })));
    const problems = await problemsOf(requests, (response, { method }) => {
      const allow = String(response.headers.allow).split(', ').toSorted().join(', ');
      const isComplete = allow === [...methods, 'OPTIONS'].toSorted().join(', ');
      return [
        ...(response.status === CODES.METHOD_NOT_ALLOWED.status ? [] : [`answered ${response.status}`]),
        ...(isComplete ? [] : [`allow is ${response.headers.allow}`]),
        ...(method === 'HEAD' ? [] : envelopeProblemsOf(response)),
      ];
    });
    expect(problems).toEqual([]);
  });

  it('answers preflights of configured origins, and tells others nothing', async () => {
    const asked = { 'access-control-request-method': methods[0] ?? '', 'access-control-request-headers': 'token' };
    const origins = [...ALLOWED, 'https://evil.example', 'null'];
    const requests = targets.flatMap((target) =>
      origins.map((origin) => ({ method: 'OPTIONS', target, headers: { ...asked, origin } })),
    );
    const problems = await problemsOf(requests, ({ status, headers, bytes }, { headers: sent }) => {
      const origin = String(sent?.['origin']);
      const expected = ALLOWED.includes(origin) ? origin : undefined;
      const named = new Set(String(headers['access-control-allow-methods']).split(','));
      return [
        ...(status === 204 && bytes.length === 0 ? [] : [`answered ${status} and ${bytes.length} bytes`]),
        ...(headers['access-control-allow-origin'] === expected ? [] : [`origin ${origin} got another answer`]),
        ...(expected === undefined || methods.every((method) => named.has(method)) ? [] : ['methods are missing']),
        ...(headers.vary === 'Origin' ? [] : ['vary is missing']),
      ];
    });
    expect(problems).toEqual([]);
  });

  it('is unknown under any other spelling', async () => {
    const requests = unknownPaths(path)
      .filter((target) => !OWN_ROUTES.has(target.replace(BASE_PATH, '')))
      .flatMap((target) => [...methods, 'OPTIONS'].map((method) => ({ method, target })));
    expect(await problemsOf(requests, notFound)).toEqual([]);
  });

  it('makes an envelope of spellings that a gateway may take for it', async () => {
    const requests = doubtfulPaths(path).map((target) => ({ method: methods[0] ?? 'GET', target }));
    const problems = await problemsOf(requests, (response) =>
      response.status < 400 && DOCUMENTS.has(path) ? [] : envelopeProblemsOf(response, response.status < 400),
    );
    expect(problems).toEqual([]);
  });
});

describe('everything else', () => {
  it('is not found, whatever the method', async () => {
    const requests = STRANGE_PATHS.flatMap((target) =>
      METHODS.filter((method) => method !== 'HEAD').map((method) => ({ method, target })),
    );
    expect(await problemsOf(requests, notFound)).toEqual([]);
  });

  it('is an envelope for methods that the gateway does not know', async () => {
    const requests = ROUTES.flatMap(([target]) => ['TRACE', 'PROPFIND'].map((method) => ({ method, target })));
    expect(await problemsOf(requests, (response) => envelopeProblemsOf(response))).toEqual([]);
  });

  it('is told to every origin that asks by name', async () => {
    const { headers } = await http().client.send({
      method: 'GET',
      target: '/v1/no/such/route',
      headers: { origin: ALLOWED[0] ?? '' },
    });
    expect(headers['access-control-allow-origin']).toBe(ALLOWED[0]);
  });
});
