import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { CommandError } from '../errors.ts';
import { type Credentials, signing } from '../staff-api.ts';

/** A call of a service that has no client here. */
export interface AwsCall {
  readonly service: 'sqs' | 'lambda';
  readonly path: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface AwsAnswer {
  readonly headers: Headers;
  readonly text: string;
}

/** AWS in one region, in the name of who is at the keyboard. */
export interface Aws {
  readonly region: string;
  readonly tables: DynamoDBClient;
  readonly streams: DynamoDBStreamsClient;
  /** @throws CommandError when the service refuses or gives no answer. */
  readonly call: (call: AwsCall) => Promise<AwsAnswer>;
}

export interface AwsOptions {
  readonly region: string;
  /** In place of the services' own addresses, for all of them; AWS_ENDPOINT_URL of the AWS command line. */
  readonly endpoint: string | undefined;
  readonly credentials: Credentials;
}

/** A function runs for 28 s at most, and answers when it is done. */
const TIMEOUT_MS = 35_000;

const LIMITS = { connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true };

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Signs with the operator's own credentials: what they may not do, this may not. */
export const createAws = ({ region, endpoint, credentials }: AwsOptions): Aws => {
  const options = { region, credentials, requestHandler: LIMITS, ...(endpoint !== undefined && { endpoint }) };
  return {
    region,
    tables: new DynamoDBClient(options),
    streams: new DynamoDBStreamsClient(options),
    call: async ({ service, path, headers, body }) => {
      const base = (endpoint ?? `https://${service}.${region}.amazonaws.com`).replace(/\/+$/, '');
      const request = { method: 'POST', url: new URL(`${base}${path}`), headers, body };
      const signed = await signing(region, credentials, service)(request);
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      try {
        const response = await fetch(request.url, { method: 'POST', headers: signed, body, redirect: 'error', signal });
        const text = await response.text();
        if (response.ok) return { headers: response.headers, text };
        throw new CommandError(`${service} refused with HTTP ${response.status}: ${text.slice(0, 500)}`);
      } catch (error) {
        if (error instanceof CommandError) throw error;
        throw new CommandError(`${request.url.origin} gave no answer: ${reasonOf(error)}`, { cause: error });
      }
    },
  };
};
