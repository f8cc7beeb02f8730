import { type DynamoDBDocumentClient, QueryCommand, TransactGetCommand } from '@aws-sdk/lib-dynamodb';
import { ACCOUNT_KINDS, accountItem, accountKey, house } from '../../../shared/ledger/account.ts';
import { entryItem, HOUSE_SHARDS, housePartition } from '../../../shared/ledger/entry.ts';
import type { Units } from '../../../shared/ledger/units.ts';
import { testTable } from '../engine.ts';
import { RUN_ASSET } from './moves.ts';

/** What all users have at one moment, and the least of their balances. */
export interface Snapshot {
  readonly users: Units;
  readonly treasury: Units;
  readonly least: Units;
}

const TableName = testTable('ledger');

const sum = (amounts: readonly Units[]): Units => amounts.reduce((total, amount) => total + amount, 0n);

const treasury = async (client: DynamoDBDocumentClient): Promise<Units> => {
  const shards = Array.from({ length: HOUSE_SHARDS }, async (_, shard) => {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': housePartition(house('treasury', RUN_ASSET), shard) },
      }),
    );
    return sum(Items.map((item) => entryItem.parse(item).amount));
  });
  return sum(await Promise.all(shards));
};

/**
 * Reads both accounts of at most 50 users in one transaction, which is one moment of the table. The treasury is read
 * beside it: it changes only when money comes in, and a run's money comes in before the run, so every moment of the run
 * has the same.
 */
export const takeSnapshot = async (client: DynamoDBDocumentClient, users: readonly string[]): Promise<Snapshot> => {
  const keys = users.flatMap((userId) =>
    ACCOUNT_KINDS.map((kind) => accountKey({ owner: 'user', userId, asset: RUN_ASSET, kind })),
  );
  const [{ Responses = [] }, outside] = await Promise.all([
    client.send(
      new TransactGetCommand({ TransactItems: keys.map((Key) => ({ Get: { TableName, Key: { ...Key } } })) }),
    ),
    treasury(client),
  ]);
  const balances = Responses.flatMap(({ Item }) => (Item ? [accountItem.parse(Item).balance] : []));
  const least = balances.reduce((low, balance) => (balance < low ? balance : low), balances[0] ?? 0n);
  return { users: sum(balances), treasury: outside, least };
};
