import type { Code } from '../contracts/codes/catalogue.ts';
import { describeError, type Log } from '../platform/logger.ts';
import { type FailureOutcome, RefusedError } from './outcome.ts';

/** Errors of the store, of KMS and of the network that mean "not now", by the names the SDK gives them. */
const UNAVAILABLE = new Set([
  'StoreBusyError',
  'NewerShapeError',
  'AuditFailedError',
  'TimeoutError',
  'NetworkingError',
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'InternalServerError',
  'TransactionInProgressException',
  'ServiceUnavailable',
  'KMSInternalException',
  'DependencyTimeoutException',
  'KeyUnavailableException',
  'ScannerFailedError',
  'ECONNREFUSED',
  'ECONNRESET',
]);

/** Middy's own refusals, by the HTTP status that it puts on them. */
const BY_STATUS: Readonly<Record<number, Code>> = {
  400: 'INVALID_JSON',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  422: 'INVALID_JSON',
};

/** Thrown by the stack when a handler has used up its time. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

const codeOf = (error: Error): Code | undefined => {
  if (error instanceof DeadlineError) return 'TIMEOUT';
  const status =
    'statusCode' in error && typeof error.statusCode === 'number' ? BY_STATUS[error.statusCode] : undefined;
  if (status) return status;
  const system = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return UNAVAILABLE.has(error.name) || UNAVAILABLE.has(system) ? 'SERVICE_UNAVAILABLE' : undefined;
};

/** Turns whatever was thrown into an outcome, and logs what an operator should know of it. */
export const outcomeOfError = (error: unknown, log: Log): FailureOutcome => {
  if (error instanceof RefusedError) return error.outcome;
  const code = (error instanceof Error ? codeOf(error) : undefined) ?? 'INTERNAL_ERROR';
  if (code === 'TIMEOUT') log('DEADLINE_EXCEEDED');
  if (code === 'SERVICE_UNAVAILABLE' || code === 'INTERNAL_ERROR') log('REQUEST_FAILED', describeError(error));
  return { ok: false, code };
};
