import type { LocalFunction } from '../template/functions.ts';
import { accessKeyOf } from './access-key.ts';

/** Where the AWS services of this machine answer. */
export interface Endpoints {
  readonly dynamodb: string;
  readonly kms: string;
  readonly s3: string;
  readonly ses: string;
  readonly sns: string;
}

/** The SDK's own variables: code needs no switch between this machine and AWS. */
const endpointVariables = (endpoints: Endpoints): Readonly<Record<string, string>> => ({
  AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
  AWS_ENDPOINT_URL_KMS: endpoints.kms,
  AWS_ENDPOINT_URL_S3: endpoints.s3,
  AWS_ENDPOINT_URL_SES: endpoints.ses,
  AWS_ENDPOINT_URL_SNS: endpoints.sns,
});

/** What the Lambda runtime sets, as its documentation lists it. */
const runtimeVariables = (definition: LocalFunction, logStream: string): Readonly<Record<string, string>> => {
  const { id, secret } = accessKeyOf(definition.name);
  return {
    AWS_ACCESS_KEY_ID: id,
    AWS_DEFAULT_REGION: definition.region,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMb),
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: definition.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    AWS_REGION: definition.region,
    AWS_SECRET_ACCESS_KEY: secret,
    AWS_SESSION_TOKEN: `session-${id}`,
    LAMBDA_TASK_ROOT: definition.directory,
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    _HANDLER: definition.handler,
  };
};

/** Everything in a function's environment: what its template sets, what Lambda adds, and the endpoints. Nothing else. */
export const environmentOf = (
  definition: LocalFunction,
  endpoints: Endpoints,
  logStream: string,
): Readonly<Record<string, string>> => ({
  ...definition.environment,
  ...runtimeVariables(definition, logStream),
  ...endpointVariables(endpoints),
});
