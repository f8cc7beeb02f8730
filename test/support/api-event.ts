import type { APIGatewayProxyEvent, Context } from 'aws-lambda';

export interface EventOptions {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** As the gateway has it: text, or binary in base64. */
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean;
  readonly sourceIp?: string;
  readonly stageVariables?: Readonly<Record<string, string>>;
}

const NO_CLIENT_IDENTITY = {
  accessKey: null,
  accountId: null,
  apiKey: null,
  apiKeyId: null,
  caller: null,
  clientCert: null,
  cognitoAuthenticationProvider: null,
  cognitoAuthenticationType: null,
  cognitoIdentityId: null,
  cognitoIdentityPoolId: null,
  principalOrgId: null,
  user: null,
  userArn: null,
};

/** An API Gateway proxy event (version 1) as a test's function receives it. */
export const apiEvent = (options: EventOptions = {}): APIGatewayProxyEvent => {
  const {
    method = 'GET',
    path = '/v1/test',
    headers = {},
    query = null,
    body = null,
    isBase64Encoded = false,
    sourceIp = '192.0.2.1',
    stageVariables = null,
  } = options;
  return {
    resource: path,
    path,
    httpMethod: method,
    headers: { ...headers },
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    queryStringParameters: query && { ...query },
    multiValueQueryStringParameters: query && Object.fromEntries(Object.entries(query).map(([k, v]) => [k, [v]])),
    pathParameters: null,
    stageVariables: stageVariables && { ...stageVariables },
    body,
    isBase64Encoded,
    requestContext: {
      accountId: '000000000000',
      apiId: 'test',
      authorizer: null,
      protocol: 'HTTP/1.1',
      httpMethod: method,
      identity: { ...NO_CLIENT_IDENTITY, sourceIp, userAgent: headers['user-agent'] ?? null },
      path,
      stage: 'api',
      requestId: 'request-1',
      requestTimeEpoch: 0,
      resourceId: 'test',
      resourcePath: path,
    },
  };
};

/** A Lambda context with that much time left. */
export const lambdaContext = (remainingMillis = 28_000): Context => {
  const end = Date.now() + remainingMillis;
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: 'test',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:local:000000000000:function:test',
    memoryLimitInMB: '256',
    awsRequestId: 'request-1',
    logGroupName: '/aws/lambda/test',
    logStreamName: 'test',
    getRemainingTimeInMillis: () => end - Date.now(),
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
};
