import autocannon from 'autocannon';
import type { EndpointSpec } from '../../../shared/contracts/endpoint.ts';
import type { ApiResponse, StackClient } from '../local-stack.ts';
import { readDocumented } from '../registry/documented.ts';
import { answerProblemsOf, codeOf } from '../registry/judge.ts';
import { type Person, registryRequests } from './requests.ts';

/** What an overloaded machine takes for the slowest answer. */
const TIMEOUT_SECONDS = 60;

/** How long a run is: by requests over all connections, or by seconds. */
export type Length = { readonly amount: number } | { readonly duration: number };

/**
 * Sends the registry's documented requests over many connections at once, and judges every answer.
 *
 * @param every which endpoints: every so manieth.
 */
export const createLoad = async (client: StackClient, people: readonly Person[], every: number) => {
  const documented = readDocumented((await client.call('GET', '/v1/openapi.json')).body);
  const problems = new Set<string>();
  const counts = new Map<string, number>();

  const judge = (endpoint: EndpointSpec, response: ApiResponse): void => {
    const code = `${response.status} ${codeOf(response) ?? 'bare'}`;
    counts.set(code, (counts.get(code) ?? 0) + 1);
    for (const problem of answerProblemsOf(endpoint, documented, response)) problems.add(`${endpoint.id}: ${problem}`);
  };

  const byPerson = people.map((person) => registryRequests(person, judge, every));

  /** Each connection is one of the people's, and goes around the same requests from another one on. */
  const run = (connections: number, length: Length): Promise<autocannon.Result> => {
    let connection = 0;
    return autocannon({
      url: client.url,
      connections,
      ...length,
      timeout: TIMEOUT_SECONDS,
      setupClient: (one) => {
        const requests = byPerson[connection % byPerson.length] ?? [];
        const from = Math.floor((connection * requests.length) / connections);
        connection += 1;
        one.setRequests([...requests.slice(from), ...requests.slice(0, from)]);
      },
    });
  };

  return {
    run,
    /** What was wrong with answers since it was asked last. */
    takeProblems: (): readonly string[] => {
      const taken = [...problems];
      problems.clear();
      return taken;
    },
    /** Pairs of status and code that were answered. */
    codes: (): readonly string[] => [...counts.keys()],
    /** How often each of them was, over all runs. */
    told: (): string =>
      [...counts]
        .toSorted(([, one], [, other]) => other - one)
        .map(([code, count]) => `${count} × ${code}`)
        .join(', '),
  };
};
