import type { EndpointSpec } from '../contracts/endpoint.ts';
import { ENDPOINTS } from '../contracts/registry.ts';
import { type Route, routeOf } from './route.ts';

/** Pages and redirects are for a person's browser to go to, and documents have no envelope: none of them are calls. */
const isCall = ({ response }: EndpointSpec): boolean => response === undefined;

/** How every endpoint that answers with an envelope is called, by its id. A build has these as a literal. */
export const ROUTES: Readonly<Record<string, Route>> = Object.fromEntries(
  ENDPOINTS.filter(isCall).map((endpoint) => [endpoint.id, routeOf(endpoint)]),
);
