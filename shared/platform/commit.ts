import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  PutCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from './random.ts';
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
 * Conflicts with other transactions and throttles are tried again; a condition that does not hold is a
 * result, not an error.
 *
 * @throws StoreBusyError when conflicts or throttles outlast the attempts.
 */
export type Commit = (writes: readonly Write[]) => Promise<CommitResult>;

/** Six attempts with full jitter under 50, 100, … 800 ms: at most 1.6 s of waiting, 0.8 s on average. */
const ATTEMPTS = 6;
const FIRST_BACKOFF_MS = 50;

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

const transaction = async (client: DynamoDBDocumentClient, writes: readonly Write[]): Promise<undefined> => {
  await client.send(new TransactWriteCommand({ TransactItems: [...writes] }));
};

const refusalsOf = (error: unknown): readonly Refusal[] | undefined => {
  if (error instanceof ConditionalCheckFailedException)
    return [{ index: 0, item: error.Item && unmarshall(error.Item) }];
  if (!(error instanceof TransactionCanceledException)) return undefined;
  return (error.CancellationReasons ?? []).flatMap((reason, index) =>
    reason.Code === 'ConditionalCheckFailed' ? [{ index, item: reason.Item && unmarshall(reason.Item) }] : [],
  );
};

const mayRetry = (error: unknown): boolean =>
  (error instanceof Error && error.name === 'TransactionConflictException') ||
  (error instanceof TransactionCanceledException &&
    (error.CancellationReasons ?? []).length > 0 &&
    (error.CancellationReasons ?? []).every((reason) => RETRYABLE.has(reason.Code ?? 'None')));

export const createCommit =
  (client: DynamoDBDocumentClient, random: Random): Commit =>
  async (writes) => {
    const [only, ...more] = writes;
    if (!only) return { committed: true, item: undefined };
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      if (attempt > 0) await sleep(random.int(FIRST_BACKOFF_MS * 2 ** (attempt - 1)));
      try {
        const alone = more.length === 0 && !only.ConditionCheck;
        const item = alone ? await single(client, only) : await transaction(client, writes);
        return { committed: true, item };
      } catch (error) {
        const refusals = refusalsOf(error) ?? [];
        if (refusals.length > 0) return { committed: false, refusals };
        if (!mayRetry(error)) throw error;
      }
    }
    throw new StoreBusyError(`The store was busy for ${ATTEMPTS} attempts at ${writes.length} writes. Try again.`);
  };
