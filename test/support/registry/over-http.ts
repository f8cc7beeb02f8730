import { afterAll, beforeAll } from '@jest/globals';
import type { EndpointSpec } from '../../../shared/contracts/endpoint.ts';
import { ENDPOINTS } from '../../../shared/contracts/registry.ts';
import { type ApiResponse, startTestStack, type TestStack } from '../local-stack.ts';
import { type Documented, readDocumented } from './documented.ts';
import { inParallel } from './in-parallel.ts';
import { answerProblemsOf, envelopeProblemsOf, quotaProblemsOf } from './judge.ts';
import { createRawClient, type RawClient, type RawRequest } from './raw-client.ts';
import { needsSession, type SessionSource, sessionSource } from './session-source.ts';

/** One request to an endpoint, and what its answer must be beside documented. */
export interface Case {
  readonly name: string;
  readonly request: Omit<RawRequest, 'method' | 'target'> & Partial<RawRequest>;
  /** What is wrong with the answer, in sentences. */
  readonly expect?: (response: ApiResponse) => readonly string[];
  /** The gateway answers this by itself, and so like for every other endpoint. */
  readonly byGateway?: boolean;
  /** Sent by nobody, also where the endpoint asks for a session. */
  readonly anonymous?: boolean;
}

/** A running stack together with everything that asks and judges. */
export interface OverHttp {
  readonly stack: TestStack;
  readonly client: RawClient;
  readonly documented: Documented;
  readonly sessions: SessionSource;
  /** Sends the cases to the endpoint as a caller whom it is open to; what is wrong with the answers, case by case. */
  readonly problemsOf: (endpoint: EndpointSpec, cases: readonly Case[]) => Promise<readonly string[]>;
}

/** More would only start more workers of one function. */
const WIDTH = 2;

/** Every endpoint under the name that a test report shows. */
export const NAMED_ENDPOINTS: readonly (readonly [name: string, endpoint: EndpointSpec])[] = ENDPOINTS.map(
  (endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint],
);

const MARKED = /"(?:REQUEST_FAILED|OUTPUT_INVALID|DEADLINE_EXCEEDED)"/;

/** The path of an endpoint with something in the place of every parameter. */
export const pathOf = ({ path }: EndpointSpec): string => path.replaceAll(/\{\w+\+?\}/g, '1');

/** The query string of the documented example. */
export const queryOf = (parameters: Readonly<Record<string, unknown>> | undefined): string => {
  const query = new URLSearchParams(Object.entries(parameters ?? {}).map(([name, value]) => [name, String(value)]));
  return query.size === 0 ? '' : `?${query}`;
};

/** What a browser on the API's own origin sends along. */
const SAME_ORIGIN = { 'sec-fetch-site': 'same-origin' } as const;

const startOverHttp = async (): Promise<OverHttp> => {
  const stack = await startTestStack({ stage: 'test' });
  const client = createRawClient(stack.url);
  const sessions = sessionSource(stack);
  const documented = readDocumented((await stack.call('GET', '/v1/openapi.json')).body);
  const problemsOf = async (endpoint: EndpointSpec, cases: readonly Case[]): Promise<readonly string[]> => {
    const from = stack.logs().length;
    const found = await inParallel(cases, WIDTH, async ({ name, request, expect = () => [], byGateway, anonymous }) => {
      const caller = anonymous ? {} : await sessions(endpoint);
      const response = await client.send({
        method: endpoint.method,
        target: `${pathOf(endpoint)}${queryOf(endpoint.example.query)}`,
        ...request,
        headers: { ...SAME_ORIGIN, ...caller, ...request.headers },
      });
      const general = byGateway ? envelopeProblemsOf(response) : answerProblemsOf(endpoint, documented, response);
      const isKnown = needsSession(endpoint) && !anonymous && !byGateway;
      const problems = [...general, ...(isKnown ? quotaProblemsOf(response) : []), ...expect(response)];
      return problems.map((problem) => `${name}: ${problem}`);
    });
    const logged = stack.logs().slice(from);
    return [...found.flat(), ...logged.filter((line) => MARKED.test(line))];
  };
  return { stack, client, documented, sessions, problemsOf };
};

/** Starts a stack before the tests of this file and stops it after; gives it to each test. */
export const useOverHttp = (): (() => OverHttp) => {
  let started: OverHttp | undefined;
  beforeAll(async () => {
    started = await startOverHttp();
  });
  afterAll(async () => {
    started?.client.close();
    await started?.stack.stop();
  });
  return () => {
    if (!started) throw new Error('The stack is there only while tests run.');
    return started;
  };
};
