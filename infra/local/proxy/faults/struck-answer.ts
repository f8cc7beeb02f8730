import * as z from 'zod';
import { type Answer, errorAnswer, faultAnswer, type ServiceError } from '../answers.ts';
import type { ServiceName, Understood } from '../services/service.ts';

const transaction = z.object({ TransactItems: z.array(z.unknown()) });

const TRANSACTIONS = new Set(['TransactGetItems', 'TransactWriteItems']);

const REASONS = {
  ThrottlingError: 'Throughput exceeds the current capacity for one or more global secondary indexes or the table.',
  TransactionConflict: 'Transaction is ongoing for the item',
} as const;

/** The first item is what the transaction failed at; nothing is said of the others, as AWS does. */
const cancelled = (code: keyof typeof REASONS, payload: unknown): ServiceError => {
  const others = Math.max(0, (transaction.safeParse(payload).data?.TransactItems.length ?? 1) - 1);
  const reasons = [{ Code: code, Message: REASONS[code] }, ...Array.from({ length: others }, () => ({ Code: 'None' }))];
  return {
    status: 400,
    code: 'TransactionCanceledException',
    message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(', ')}]`,
    details: { CancellationReasons: reasons },
  };
};

const CONFLICT: ServiceError = {
  status: 400,
  code: 'TransactionConflictException',
  message: 'Transaction is ongoing for the item',
};

/** What a service answers when it fails, throttles, or finds two writers at one item. */
export const struckAnswer = (
  service: ServiceName,
  mode: 'fail' | 'throttle' | 'conflict',
  { operation, payload }: Understood,
): Answer => {
  if (mode === 'fail') return faultAnswer(service, 'internal');
  const isTransaction = service === 'dynamodb' && TRANSACTIONS.has(operation);
  if (mode === 'throttle') {
    return isTransaction
      ? errorAnswer(service, cancelled('ThrottlingError', payload))
      : faultAnswer(service, 'throttled');
  }
  return errorAnswer(service, isTransaction ? cancelled('TransactionConflict', payload) : CONFLICT);
};
