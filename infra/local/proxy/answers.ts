import { randomUUID } from 'node:crypto';
import type { ServiceName } from './services/service.ts';

/** An answer that the proxy gives in a service's place. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What can go wrong before a service itself is asked. */
export type Fault = 'accessDenied' | 'unknownKey' | 'anonymous' | 'internal' | 'throttled';

/** An error as a service names it. */
export interface ServiceError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** Members beside code and message. */
  readonly details?: Readonly<Record<string, unknown>>;
}

const INVALID_TOKEN = 'The security token included in the request is invalid.';
const NO_TOKEN = 'Request is missing Authentication Token';
const RATE = 'Rate exceeded';

const query = (accessDenied: string): Readonly<Record<Fault, ServiceError>> => ({
  accessDenied: { status: 403, code: accessDenied, message: 'Access Denied' },
  unknownKey: { status: 403, code: 'InvalidClientTokenId', message: INVALID_TOKEN },
  anonymous: { status: 403, code: 'MissingAuthenticationToken', message: NO_TOKEN },
  internal: { status: 500, code: 'InternalFailure', message: 'An internal failure occurred.' },
  throttled: { status: 400, code: 'Throttling', message: RATE },
});

const ERRORS: Readonly<Record<ServiceName, Readonly<Record<Fault, ServiceError>>>> = {
  dynamodb: {
    accessDenied: { status: 400, code: 'AccessDeniedException', message: 'Access Denied' },
    unknownKey: { status: 400, code: 'UnrecognizedClientException', message: INVALID_TOKEN },
    anonymous: { status: 400, code: 'MissingAuthenticationTokenException', message: NO_TOKEN },
    internal: { status: 500, code: 'InternalServerError', message: 'The request processing has failed.' },
    throttled: {
      status: 400,
      code: 'ProvisionedThroughputExceededException',
      message: 'The level of configured provisioned throughput for the table was exceeded.',
    },
  },
  kms: {
    accessDenied: { status: 400, code: 'AccessDeniedException', message: 'Access Denied' },
    unknownKey: { status: 400, code: 'UnrecognizedClientException', message: INVALID_TOKEN },
    anonymous: { status: 400, code: 'MissingAuthenticationTokenException', message: NO_TOKEN },
    internal: { status: 500, code: 'KMSInternalException', message: 'The request was rejected; you can try it again.' },
    throttled: { status: 400, code: 'ThrottlingException', message: RATE },
  },
  s3: {
    accessDenied: { status: 403, code: 'AccessDenied', message: 'Access Denied' },
    unknownKey: {
      status: 403,
      code: 'InvalidAccessKeyId',
      message: 'The AWS Access Key Id you provided does not exist in our records.',
    },
    anonymous: { status: 403, code: 'AccessDenied', message: 'Access Denied' },
    internal: { status: 500, code: 'InternalError', message: 'We encountered an internal error. Please try again.' },
    throttled: { status: 503, code: 'SlowDown', message: 'Please reduce your request rate.' },
  },
  ses: query('AccessDenied'),
  sns: query('AuthorizationError'),
};

/** The prefix of a type in DynamoDB's JSON: general errors have another one than its own. */
const GENERAL = 'com.amazon.coral.service#';
const OWN = 'com.amazonaws.dynamodb.v20120810#';
const GENERAL_ERRORS = new Set([
  'AccessDeniedException',
  'MissingAuthenticationTokenException',
  'UnrecognizedClientException',
]);

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const json = (version: '1.0' | '1.1', type: string, { status, code, message, details }: ServiceError): Answer => ({
  status,
  headers: {
    'content-type': `application/x-amz-json-${version}`,
    'x-amzn-requestid': randomUUID(),
    'x-amzn-errortype': code,
  },
  body: JSON.stringify({ __type: type, message, Message: message, ...details }),
});

const NAMESPACES = {
  ses: 'http://ses.amazonaws.com/doc/2010-12-01/',
  sns: 'http://sns.amazonaws.com/doc/2010-03-31/',
} as const;

const queryXml = (service: keyof typeof NAMESPACES, { status, code, message }: ServiceError): Answer => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body:
    `<ErrorResponse xmlns="${NAMESPACES[service]}"><Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type>` +
    `<Code>${code}</Code><Message>${escape(message)}</Message></Error>` +
    `<RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
});

const elements = (details: ServiceError['details']): string =>
  Object.entries(details ?? {})
    .map(([name, value]) => `<${name}>${escape(String(value))}</${name}>`)
    .join('');

const s3Xml = ({ status, code, message, details }: ServiceError): Answer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body:
    `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${escape(message)}</Message>` +
    `${elements(details)}<RequestId>${randomUUID()}</RequestId></Error>`,
});

/** An error in the protocol of its service. */
export const errorAnswer = (service: ServiceName, error: ServiceError): Answer => {
  const { code } = error;
  if (service === 'dynamodb') return json('1.0', `${GENERAL_ERRORS.has(code) ? GENERAL : OWN}${code}`, error);
  if (service === 'kms') return json('1.1', code, error);
  return service === 's3' ? s3Xml(error) : queryXml(service, error);
};

/** One of the errors that every service has, by its own name for it. */
export const faultAnswer = (service: ServiceName, fault: Fault, message?: string): Answer => {
  const error = ERRORS[service][fault];
  return errorAnswer(service, message === undefined ? error : { ...error, message });
};
