import { BatchWriteCommand, type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { InOutType, WalletRecordType, WalletStatus } from '../../shared/contracts/enums.ts';
import { addRow, type HistoryRow } from '../../shared/ledger/history/row.ts';
import type { Stream } from '../../shared/ledger/history/stream.ts';
import { timeOfRecord } from '../../shared/ledger/record-id.ts';
import { createTable } from '../../shared/platform/table.ts';
import type { Write } from '../../shared/platform/writes.ts';

/** The first id of a moment, plus a number that keeps several of one millisecond apart. */
export const idAt = (at: number, number = 0): number => (at - Date.UTC(2025, 0, 1)) * 8192 + number;

/** A row as an operation would write it. */
export const rowOf = (userId: string, stream: Stream, id: number, rest: Partial<HistoryRow> = {}): HistoryRow => ({
  userId,
  ...stream,
  id,
  at: timeOfRecord(id),
  updatedAt: timeOfRecord(id),
  type: stream.class === 'TRADE' ? WalletRecordType.BUY : WalletRecordType.DEPOSIT,
  inOutType: InOutType.IN,
  amount: 1_500_000n,
  status: WalletStatus.COMPLETED,
  ...rest,
});

/** As many as one batch may write. */
const BATCH = 25;

const updatesOf = (writes: readonly Write[]): readonly (readonly [Write, times: number])[] => {
  const times = new Map<string, [Write, number]>();
  for (const write of writes.filter(({ Update }) => Update)) {
    const key = JSON.stringify(write);
    times.set(key, [write, (times.get(key)?.[1] ?? 0) + 1]);
  }
  return [...times.values()];
};

/** Writes many rows at once: what `addRow` describes, all puts of it in batches, and each counting as often as it says. */
export const storeRows = async (
  client: DynamoDBDocumentClient,
  TableName: string,
  rows: readonly HistoryRow[],
): Promise<void> => {
  const table = createTable(client, TableName);
  const writes = rows.flatMap((row) => addRow(table, row));
  const puts = writes.flatMap(({ Put }) => (Put?.Item ? [{ PutRequest: { Item: Put.Item } }] : []));
  for (let start = 0; start < puts.length; start += BATCH)
    await client.send(new BatchWriteCommand({ RequestItems: { [TableName]: puts.slice(start, start + BATCH) } }));
  for (const [{ Update }, times] of updatesOf(writes))
    if (Update) await client.send(new UpdateCommand({ ...Update, ExpressionAttributeValues: { ':one': times } }));
};

const stored = z.array(z.object({ sk: z.string() }));

/** Counts the items that every query and batch reads from now on. */
export const countReads = (client: DynamoDBDocumentClient): { items: number; counts: number } => {
  const read = { items: 0, counts: 0 };
  const tally = (items: unknown): void => {
    for (const { sk } of stored.parse(items)) {
      if (sk.startsWith('COUNT#')) read.counts += 1;
      else read.items += 1;
    }
  };
  client.middlewareStack.add(
    (next) => async (input) => {
      const result = await next(input);
      if ('Items' in result.output) tally(result.output.Items);
      return result;
    },
    { step: 'initialize' },
  );
  return read;
};
