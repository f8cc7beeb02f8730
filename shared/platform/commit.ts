import {
  ConditionalCheckFailedException,
  DynamoDBServiceException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  PutCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Random, randomId } from './random.ts';
import { ofKnownShape } from './item-shape.ts';
import { StoreBusyError } from './table.ts';
import type { Item, Write } from './writes.ts';

/** A condition that did not hold: which write of the list, and the item that stood in its way. */
export interface Refusal {
  readonly index: number;
  readonly item: Item | undefined;
}

export type CommitResult =
  /** `item`: after a single update the new item, after a single deletion the old one. */
  | { readonly committed: true; readonly item: Item | undefined }
  | { readonly committed: false; readonly refusals: readonly Refusal[] };

/**
 * Does all of the writes or none: a single one by its own call, several in one transaction.
 *
 * Conflicts with other transactions and throttles are tried again, and so is a transaction whose outcome is unknown
 * because it failed or its answer was lost: all attempts carry one token, by which the store does it once. A condition
 * that does not hold is a result, not an error.
 *
 * @throws StoreBusyError when conflicts or throttles outlast the attempts, or the time for them. Nothing was done then.
 * @throws NewerShapeError when an item that stood in the way is of a shape that is not known.
 * @throws what the store answered when that says nothing of the outcome: it may have been done.
 */
export type Commit = (writes: readonly Write[]) => Promise<CommitResult>;

/**
 * Twelve attempts with full jitter under 50, 100, … 800, then 1000 ms: at most 7.6 s of waiting, 3.8 s on average, and only
 * where dozens write one account at once. Six were too few for that: one in five commands gave up.
 */
const ATTEMPTS = 12;
const FIRST_BACKOFF_MS = 50;
const LONGEST_BACKOFF_MS = 1000;

/**
 * How long after the first attempt a transaction of unknown outcome is sent again, in milliseconds. The SDK's own attempts
 * for it take up to 9.5 s, and end before the request does. They alone are not enough: on a bad day the SDK's quota of
 * retries is soon used up, and then it makes none.
 */
const SETTLED_WITHIN = 10_000;

/**
 * How long after the first attempt another one is begun, in milliseconds. With the SDK's own attempts it ends before the
 * request does. A function that was frozen while it waited, since its request had been answered, begins none when it is
 * woken for another request, which may be long after: prices were judged to be fresh before.
 */
const BEGUN_WITHIN = 15_000;

/** Errors after which a transaction may have been done or not. */
const UNSETTLED = new Set([
  'TimeoutError',
  'InternalServerError',
  'ServiceUnavailable',
  'TransactionInProgressException',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
]);

/** Errors of a whole call that was not let in. */
const THROTTLES = new Set(['ProvisionedThroughputExceededException', 'ThrottlingException', 'RequestLimitExceeded']);

const RETRYABLE = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded', 'None']);

const single = async (client: DynamoDBDocumentClient, write: Write): Promise<Item | undefined> => {
  if (write.Put) await client.send(new PutCommand(write.Put));
  if (write.Update) {
    const command = new UpdateCommand({ ...write.Update, ReturnValues: 'ALL_NEW' });
    return (await client.send(command)).Attributes;
  }
  if (write.Delete)
    return (await client.send(new DeleteCommand({ ...write.Delete, ReturnValues: 'ALL_OLD' }))).Attributes;
  return undefined;
};

const transaction = async (
  client: DynamoDBDocumentClient,
  writes: readonly Write[],
  ClientRequestToken: string,
): Promise<undefined> => {
  await client.send(new TransactWriteCommand({ TransactItems: [...writes], ClientRequestToken }));
};

const itemOf = (stored: Parameters<typeof unmarshall>[0] | undefined): Item | undefined =>
  ofKnownShape(stored && unmarshall(stored));

const refusalsOf = (error: unknown): readonly Refusal[] | undefined => {
  if (error instanceof ConditionalCheckFailedException) return [{ index: 0, item: itemOf(error.Item) }];
  if (!(error instanceof TransactionCanceledException)) return undefined;
  return (error.CancellationReasons ?? []).flatMap((reason, index) =>
    reason.Code === 'ConditionalCheckFailed' ? [{ index, item: itemOf(reason.Item) }] : [],
  );
};

const mayRetry = (error: unknown): boolean =>
  (error instanceof Error && (error.name === 'TransactionConflictException' || THROTTLES.has(error.name))) ||
  (error instanceof TransactionCanceledException &&
    (error.CancellationReasons ?? []).length > 0 &&
    (error.CancellationReasons ?? []).every((reason) => RETRYABLE.has(reason.Code ?? 'None')));

const isUnsettled = (error: unknown): error is Error =>
  error instanceof Error &&
  (UNSETTLED.has(error.name) || ('code' in error && typeof error.code === 'string' && UNSETTLED.has(error.code)));

/** Whether a call was throttled at the last of the SDK's own attempts: of those before, one may have been done. */
const hidesAttempts = (error: unknown): error is Error =>
  error instanceof DynamoDBServiceException && THROTTLES.has(error.name) && (error.$metadata.attempts ?? 1) > 1;

/** @param elapsed milliseconds of a clock that only runs forward. */
export const createCommit =
  (client: DynamoDBDocumentClient, random: Random, elapsed: () => number = () => performance.now()): Commit =>
  async (writes) => {
    const [only, ...more] = writes;
    if (!only) return { committed: true, item: undefined };
    const alone = more.length === 0 && !only.ConditionCheck;
    // Nothing else here costs as much as random bytes, and only transactions carry a token.
    const token = alone ? undefined : randomId(random);
    const begun = elapsed();
    let unsettled: Error | undefined;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      if (attempt > 1) await sleep(random.int(Math.min(FIRST_BACKOFF_MS * 2 ** (attempt - 2), LONGEST_BACKOFF_MS)));
      if (elapsed() - begun > BEGUN_WITHIN) break;
      try {
        const item = token === undefined ? await single(client, only) : await transaction(client, writes, token);
        return { committed: true, item };
      } catch (error) {
        const refusals = refusalsOf(error) ?? [];
        if (refusals.length > 0) return { committed: false, refusals };
        // Only a token makes it safe to ask again: a single write might be refused because of what it wrote itself.
        const isOpen = token !== undefined && isUnsettled(error);
        if (isOpen || hidesAttempts(error)) unsettled = error;
        const settles = isOpen && attempt < ATTEMPTS && elapsed() - begun < SETTLED_WITHIN;
        if (!settles && !mayRetry(error)) throw error;
      }
    }
    // Throttled ever since, it may have been done all the same: whoever hears of a busy store may do it anew.
    if (unsettled) throw unsettled;
    throw new StoreBusyError(`The store was busy at every attempt at ${writes.length} writes. Try again.`);
  };
