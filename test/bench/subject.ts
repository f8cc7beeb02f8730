import { join } from 'node:path';
import { environmentOf } from '../../infra/local/workers/environment.ts';
import type { LocalFunction } from '../../infra/local/template/functions.ts';
import { domainOf, ENDPOINTS } from '../../shared/contracts/registry.ts';
import { journeyOn } from '../support/journey.ts';
import { startTestStack, type TestStack } from '../support/local-stack.ts';

/** A running stack with somebody logged in: what the items measure. */
export interface Subject {
  readonly stack: TestStack;
  readonly token: string;
  /** The function of an endpoint, as its template declares it. */
  readonly functionOf: (endpointId: string) => LocalFunction;
  /** The environment of that function, with the services of this machine. */
  readonly environment: (endpointId: string) => Readonly<Record<string, string>>;
  readonly bundles: () => ReadonlyMap<string, string>;
}

/** Functions are named after their endpoint, whatever a stage puts before and after. */
const isNamedAfter = (name: string, id: string): boolean => name.includes(id.replaceAll('.', '-'));

export const startSubject = async (): Promise<Subject> => {
  const stack = await startTestStack();
  const { functions } = stack.stack.application;
  const token = await journeyOn(stack).loggedIn();
  const functionOf = (id: string): LocalFunction => {
    const found = functions
      .filter(({ name }) => isNamedAfter(name, id))
      .sort((a, b) => a.name.length - b.name.length)[0];
    if (!found)
      throw new Error(`No function for ${id}. Domain ${domainOf(id)}; there are ${functions.length} functions.`);
    return found;
  };
  const bundleOf = (id: string): string => join(functionOf(id).directory, 'index.js');
  return {
    stack,
    token,
    functionOf,
    environment: (id) => environmentOf(functionOf(id), stack.stack.endpoints, 'bench'),
    bundles: () => new Map(ENDPOINTS.map(({ id }) => [id, bundleOf(id)])),
  };
};
