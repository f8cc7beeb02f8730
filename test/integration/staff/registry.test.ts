import { describe, expect, it } from '@jest/globals';
import { renderOpenApi } from '../../../infra/openapi.ts';
import type { EndpointSpec } from '../../../shared/contracts/endpoint.ts';
import { STAFF_ENDPOINTS } from '../../../shared/contracts/staff/registry.ts';
import { somebody } from '../../support/journey.ts';
import { type ApiResponse, type CallOptions, envelopeOf } from '../../support/local-stack.ts';
import { readDocumented } from '../../support/registry/documented.ts';
import { answerProblemsOf, envelopeProblemsOf } from '../../support/registry/judge.ts';
import { queryOf } from '../../support/registry/over-http.ts';
import { useJourney } from '../../support/use-journey.ts';

const live = useJourney({ stage: 'test' });

const documented = readDocumented(JSON.parse(renderOpenApi('openapi-staff.json')));

const JO = { 'x-local-principal': 'jo.lin' };

const endpoints: readonly (readonly [name: string, endpoint: EndpointSpec])[] = STAFF_ENDPOINTS.map((endpoint) => [
  `${endpoint.method} ${endpoint.path}`,
  endpoint,
]);

const NOBODY = 'nobody-at-all';

/** Whether an endpoint is about one user. */
const namesUser = ({ path, example }: EndpointSpec): boolean =>
  path.includes('{username}') || [example.query, example.body].some((part) => part !== undefined && 'username' in part);

/** The body of the example, about that user. */
const bodyAbout = ({ example: { body } }: EndpointSpec, username: string) =>
  body && 'username' in body ? { ...body, username } : body;

const target = ({ path, example }: EndpointSpec, username: string): string => {
  const query = example.query && 'username' in example.query ? { ...example.query, username } : example.query;
  const params = Object.entries({ ...example.params, username });
  const filled = params.reduce<string>(
    (text, [name, value]) => text.replace(`{${name}}`, encodeURIComponent(value)),
    path,
  );
  return `${filled}${queryOf(query)}`;
};

/** The endpoint's example, about that user. */
const call = (endpoint: EndpointSpec, username: string, options: CallOptions = {}): Promise<ApiResponse> =>
  live.stack.callStaff(endpoint.method, target(endpoint, username), {
    headers: JO,
    ...(endpoint.body && { body: bodyAbout(endpoint, username) }),
    ...options,
  });

const problems = (endpoint: EndpointSpec, response: ApiResponse) => answerProblemsOf(endpoint, documented, response);

describe.each(endpoints)('%s', (_name, endpoint) => {
  it('answers its documented example as documented', async () => {
    const person = somebody();
    await live.journey.loggedIn(person);
    const response = await call(endpoint, person.email);
    expect(problems(endpoint, response)).toEqual([]);
    expect([200, 400]).toContain(response.status);
  });

  it('is closed to whom IAM does not know', async () => {
    const response = await call(endpoint, NOBODY, { headers: {} });
    expect([response.status, envelopeOf(response).code]).toEqual([403, -403]);
    expect(envelopeProblemsOf(response)).toEqual([]);
  });

  if (namesUser(endpoint)) {
    it('does not know a user that nobody is', async () => {
      const response = await call(endpoint, NOBODY);
      expect([response.status, envelopeOf(response).code]).toEqual([404, -404]);
      expect(problems(endpoint, response)).toEqual([]);
    });
  }

  const BODIES = [{}, [], 'no json', '', { reason: '' }, { ...endpoint.example.body, reason: '  ' }];
  const QUERIES = ['', 'date=x', 'date=2026-01-01&username=x', 'username=x&limit=0', 'username=x&before=1', 'cursor=*'];

  const isWrongQuery = (query: string): boolean =>
    endpoint.query?.safeParse(Object.fromEntries(new URLSearchParams(query))).success === false;

  it('refuses bodies and queries that it does not describe', async () => {
    const path = target(endpoint, NOBODY).split('?')[0];
    const wrong = endpoint.body
      ? BODIES.filter((body) => endpoint.body?.safeParse(body).success === false).map((body) =>
          call(endpoint, NOBODY, { body, headers: { ...JO, 'content-type': 'application/json' } }),
        )
      : QUERIES.filter(isWrongQuery).map((query) =>
          live.stack.callStaff(endpoint.method, `${path}?${query}`, { headers: JO }),
        );
    expect(wrong.length > 0).toBe(endpoint.body !== undefined || endpoint.query !== undefined);
    for (const response of await Promise.all(wrong)) {
      expect([response.status, envelopeOf(response).code]).toEqual([400, -2]);
      expect(problems(endpoint, response)).toEqual([]);
    }
  });

  it('refuses other methods and says which one it takes', async () => {
    for (const method of ['PUT', 'DELETE', 'OPTIONS'].filter((other) => other !== endpoint.method)) {
      const response = await live.stack.callStaff(method, target(endpoint, NOBODY), { headers: JO });
      expect([response.status, response.headers.allow]).toEqual([405, endpoint.method]);
      expect(envelopeProblemsOf(response)).toEqual([]);
    }
  });

  it('is no part of the public API', async () => {
    const response = await live.stack.call(endpoint.method, target(endpoint, NOBODY), { headers: JO });
    expect([response.status, envelopeOf(response).code]).toEqual([404, -404]);
  });
});

describe('everything else', () => {
  it.each(['/', '/admin/v1', '/admin/v1/users', '/admin/v1/users/a/b/c', '/v1/user'])(
    'such as %s is not found',
    async (path) => {
      const response = await live.stack.callStaff('GET', path, { headers: JO });
      expect([response.status, envelopeOf(response).code]).toEqual([404, -404]);
      expect(envelopeProblemsOf(response)).toEqual([]);
    },
  );
});
