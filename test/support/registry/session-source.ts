import type { EndpointSpec } from '../../../shared/contracts/endpoint.ts';
import { SESSION_LIMITS } from '../../../shared/identity/session.ts';
import { journeyOn, type Person, somebody } from '../journey.ts';
import type { TestStack } from '../local-stack.ts';

/** Gives the headers of a caller whom an endpoint is open to. */
export type SessionSource = (endpoint: EndpointSpec) => Promise<Readonly<Record<string, string>>>;

const NEEDS_SESSION: ReadonlySet<EndpointSpec['auth']> = new Set(['session', 'pending']);

export const needsSession = ({ auth }: EndpointSpec): boolean => NEEDS_SESSION.has(auth);

/** Requests that a session stands: an endpoint that takes passwords ends it at the fifth wrong one. */
const requestsOf = ({ clearsToken, codes }: EndpointSpec): number => {
  if (clearsToken) return 1;
  return codes.includes('WRONG_PASSWORD') ? SESSION_LIMITS.wrongPasswords - 1 : Infinity;
};

/**
 * Registers a person of its own for every endpoint, so that none uses up the rate of another, and logs it in: once,
 * or as often as the endpoint ends sessions.
 */
export const sessionSource = (stack: TestStack): SessionSource => {
  const journey = journeyOn(stack);
  const people = new Map<string, Promise<Person>>();
  const tokens = new Map<string, { readonly token: Promise<string>; uses: number }>();

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
    const known = tokens.get(endpoint.id);
    const session = known && known.uses < requestsOf(endpoint) ? known : { token: logIn(endpoint), uses: 0 };
    session.uses += 1;
    tokens.set(endpoint.id, session);
    return session.token;
  };
  return async (endpoint) => (needsSession(endpoint) ? { token: await tokenFor(endpoint) } : {});
};
