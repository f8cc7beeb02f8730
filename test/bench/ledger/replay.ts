import {
  BatchGetCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { randomUUID } from 'node:crypto';
import type { Write } from '../../../shared/platform/writes.ts';

/** A call as the functions made it. */
export type Call = GetCommand | BatchGetCommand | QueryCommand | UpdateCommand | TransactWriteCommand;

const isCall = (command: unknown): command is Call =>
  [GetCommand, BatchGetCommand, QueryCommand, UpdateCommand, TransactWriteCommand].some(
    (kind) => command instanceof kind,
  );

/** Calls that were under way together. */
export type Wave = readonly Call[];

/** Notes the calls that a client makes while some work is done, those that ran beside each other as one wave. */
export const recordWork = async (
  client: DynamoDBDocumentClient,
  work: () => Promise<void>,
): Promise<readonly Wave[]> => {
  const waves: Call[][] = [];
  let underWay = 0;
  const send = client.send.bind(client);
  const note = async (command: GetCommand): Promise<unknown> => {
    if (underWay === 0) waves.push([]);
    if (isCall(command)) waves.at(-1)?.push(command);
    underWay += 1;
    try {
      return await send(command);
    } finally {
      underWay -= 1;
    }
  };
  Object.assign(client, { send: note });
  await work();
  Object.assign(client, { send });
  return waves;
};

/**
 * The condition of before, made true of an item that is not there. Nothing binds weaker than OR, and DynamoDB refuses
 * parentheses that are not needed.
 */
const orFresh = (condition: string): string => `attribute_not_exists(pk) OR ${condition}`;

const onFresh = (condition: string | undefined) =>
  condition === undefined ? {} : { ConditionExpression: orFresh(condition) };

/** The same write on an item of its own. */
const fresh = ({ Put, Update, Delete, ConditionCheck }: Write): Write => {
  const place = (pk: unknown): string => `${String(pk)}#${randomUUID()}`;
  const keyed = <T extends { Key: Record<string, unknown> | undefined; ConditionExpression?: string | undefined }>(
    one: T,
  ) => ({
    ...one,
    Key: { ...one.Key, pk: place(one.Key?.['pk']) },
    ...onFresh(one.ConditionExpression),
  });
  return {
    ...(Put && {
      Put: { ...Put, Item: { ...Put.Item, pk: place(Put.Item?.['pk']) }, ...onFresh(Put.ConditionExpression) },
    }),
    ...(Update && { Update: keyed(Update) }),
    ...(Delete && { Delete: keyed(Delete) }),
    ...(ConditionCheck && {
      ConditionCheck: {
        ...keyed(ConditionCheck),
        ConditionExpression: orFresh(ConditionCheck.ConditionExpression ?? ''),
      },
    }),
  };
};

const isTransaction = (call: Call): call is TransactWriteCommand => call instanceof TransactWriteCommand;

const transact = (client: DynamoDBDocumentClient, { input }: TransactWriteCommand): Promise<unknown> =>
  client.send(
    new TransactWriteCommand({
      TransactItems: (input.TransactItems ?? []).map(fresh),
      ClientRequestToken: randomUUID(),
    }),
  );

/** Only the transactions, with the same writes on items of their own. */
export const replayTransactions = async (client: DynamoDBDocumentClient, waves: readonly Wave[]): Promise<void> => {
  for (const call of waves.flat()) if (isTransaction(call)) await transact(client, call);
};

const again = (client: DynamoDBDocumentClient, call: Call): Promise<unknown> => {
  if (isTransaction(call)) return transact(client, call);
  if (call instanceof GetCommand) return client.send(new GetCommand(call.input));
  if (call instanceof BatchGetCommand) return client.send(new BatchGetCommand(call.input));
  if (call instanceof QueryCommand) return client.send(new QueryCommand(call.input));
  return client.send(new UpdateCommand(call.input)).catch(() => undefined);
};

/** All calls, wave after wave. */
export const replayAll = async (client: DynamoDBDocumentClient, waves: readonly Wave[]): Promise<void> => {
  for (const wave of waves) await Promise.all(wave.map((call) => again(client, call)));
};
