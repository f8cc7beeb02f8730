import {
  InternalServerError,
  ProvisionedThroughputExceededException,
  TransactionCanceledException,
  TransactionConflictException,
  TransactionInProgressException,
} from '@aws-sdk/client-dynamodb';
import type { WireCall } from './wire-call.ts';

const answered = (httpStatusCode: number, message: string) => ({ $metadata: { httpStatusCode }, message });

/** A transaction that is cancelled because of some of its items. */
export const cancelled = (
  { touched }: WireCall,
  code: 'TransactionConflict' | 'ThrottlingError',
  isCause: (name: string) => boolean,
): TransactionCanceledException =>
  new TransactionCanceledException({
    ...answered(400, `Transaction cancelled, please refer cancellation reasons for specific reasons [${code}]`),
    CancellationReasons: touched.map(({ name }) => ({ Code: isCause(name) ? code : 'None' })),
  });

/** A call that met transactions at these items. */
export const conflictOf = (call: WireCall, isCause: (name: string) => boolean): Error =>
  call.operation === 'TransactWriteItems'
    ? cancelled(call, 'TransactionConflict', isCause)
    : new TransactionConflictException(answered(400, 'Transaction is ongoing for the item'));

/** A call beyond what the table takes: its own error, or the reason that a transaction is cancelled for. */
export const throttleOf = (call: WireCall, asReason: boolean): Error =>
  call.operation === 'TransactWriteItems' && asReason
    ? cancelled(call, 'ThrottlingError', () => true)
    : new ProvisionedThroughputExceededException(answered(400, 'The level of configured throughput was exceeded'));

export const failure = (): Error => new InternalServerError(answered(500, 'Internal server error'));

/** What a caller sees of a call that was done and not answered in time. */
export const lostAnswer = (): Error =>
  Object.assign(new Error('The request timed out and no answer came.'), { name: 'TimeoutError' });

/** A transaction was sent again while it was still being done. */
export const inProgress = (): Error =>
  new TransactionInProgressException({
    ...answered(400, 'The transaction with the given request token is in progress'),
    Message: 'The transaction with the given request token is in progress',
  });
