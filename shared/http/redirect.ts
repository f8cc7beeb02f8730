import type { APIGatewayProxyResult } from 'aws-lambda';
import { alertTypeOf } from '../contracts/alerts.ts';
import { definitionOf } from '../contracts/codes/definition.ts';
import type { EndpointSpec } from '../contracts/endpoint.ts';
import type { Outcome } from './outcome.ts';

const FOUND = 302;

interface RedirectOptions {
  readonly contract: Pick<EndpointSpec, 'alerts' | 'ownCodes'>;
  readonly headers: Readonly<Record<string, string>>;
}

const parametersOf = (
  outcome: Outcome,
  contract: RedirectOptions['contract'],
): readonly (readonly [string, unknown])[] =>
  outcome.ok
    ? Object.entries(outcome.data ?? {})
    : [
        ['alertcode', definitionOf(outcome.code, contract).code],
        ['alerttype', alertTypeOf(contract, outcome.code)],
      ];

/** Sends a person's browser to the front-end, with what came of the request as query parameters (API 8.5). */
export const redirect = (
  outcome: Outcome,
  frontendUrl: string,
  { contract, headers }: RedirectOptions,
): APIGatewayProxyResult => {
  const query = new URLSearchParams(parametersOf(outcome, contract).map(([name, value]) => [name, String(value)]));
  return {
    statusCode: FOUND,
    headers: { ...headers, 'cache-control': 'no-store', location: `${frontendUrl}?${query}` },
    body: '',
  };
};
