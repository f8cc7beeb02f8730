import type { EndpointSpec } from '../../../shared/contracts/endpoint.ts';
import { journeyOn, type Person, somebody } from '../journey.ts';
import type { TestStack } from '../local-stack.ts';

/** Gives the headers of a caller whom an endpoint is open to. */
export type SessionSource = (endpoint: EndpointSpec) => Promise<Readonly<Record<string, string>>>;

const NEEDS_SESSION: ReadonlySet<EndpointSpec['auth']> = new Set(['session', 'pending']);

export const needsSession = ({ auth }: EndpointSpec): boolean => NEEDS_SESSION.has(auth);

/**
 * Registers a person of its own for every endpoint, so that none uses up the rate of another, and logs it in: once,
 * or for every request where the endpoint ends sessions.
 */
export const sessionSource = (stack: TestStack): SessionSource => {
  const journey = journeyOn(stack);
  const people = new Map<string, Promise<Person>>();
  const tokens = new Map<string, Promise<string>>();

  const register = async (): Promise<Person> => {
    const person = somebody();
    await journey.register(person);
    await journey.verify(person);
    return person;
  };
  const personFor = ({ id }: EndpointSpec): Promise<Person> => {
    const person = people.get(id) ?? register();
    people.set(id, person);
    return person;
  };
  const logIn = async (endpoint: EndpointSpec): Promise<string> => {
    const { headers } = await journey.login(await personFor(endpoint));
    return String(headers['token']);
  };
  const tokenFor = (endpoint: EndpointSpec): Promise<string> => {
    const token = (endpoint.clearsToken ? undefined : tokens.get(endpoint.id)) ?? logIn(endpoint);
    tokens.set(endpoint.id, token);
    return token;
  };
  return async (endpoint) => (needsSession(endpoint) ? { token: await tokenFor(endpoint) } : {});
};
