import type { Code } from './codes/catalogue.ts';
import type { AlertType, EndpointSpec } from './endpoint.ts';

/** Failures after which a person has to log in, or to finish doing so. */
const LOGIN: ReadonlySet<Code> = new Set(['TOKEN_EXPIRED', 'SECOND_FACTOR_REQUIRED']);

/** How a failure of an endpoint that redirects is shown by the front-end. */
export const alertTypeOf = ({ alerts }: Pick<EndpointSpec, 'alerts'>, code: Code): AlertType =>
  alerts?.[code] ?? (LOGIN.has(code) ? 'login' : 'error');
