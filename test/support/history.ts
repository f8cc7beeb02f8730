import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { InOutType, WalletRecordType, WalletStatus } from '../../shared/contracts/enums.ts';
import { addRow, type HistoryRow } from '../../shared/ledger/history/row.ts';
import type { Stream } from '../../shared/ledger/history/stream.ts';
import { timeOfRecord } from '../../shared/ledger/record-id.ts';
import { createTable } from '../../shared/platform/table.ts';
import type { Item, Write } from '../../shared/platform/writes.ts';

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

/** Batches that are written at once. */
const PARALLEL = 8;

/** The items that count rows, as so many single countings leave them: an `ADD` of one for each row. */
const countItems = (writes: readonly Write[]): readonly Item[] => {
  const items = new Map<string, Item>();
  for (const { Update } of writes) {
    if (!Update?.Key) continue;
    const [, name = ''] = /ADD (\w+) :one$/.exec(Update.UpdateExpression ?? '') ?? [];
    const item = items.get(JSON.stringify(Update.Key)) ?? { ...Update.Key };
    items.set(JSON.stringify(Update.Key), { ...item, [name]: Number(item[name] ?? 0) + 1 });
  }
  return [...items.values()];
};

/** As the items were before there were counts by the second. */
const uncounted = (items: readonly Item[]): readonly Item[] =>
  items
    .filter(({ sk }) => !String(sk).startsWith('FINE#'))
    .map((item) =>
      Object.fromEntries(Object.entries(item).map(([name, value]) => [name.replace(/^s(?=\d)/, 'h'), value])),
    );

/**
 * Writes many rows of users who have none at once: what `addRow` describes.
 *
 * @param counted false where rows are to be as they were before there were counts by the second.
 */
export const storeRows = async (
  client: DynamoDBDocumentClient,
  TableName: string,
  rows: readonly HistoryRow[],
  counted = true,
): Promise<void> => {
  const table = createTable(client, TableName);
  const writes = rows.flatMap((row) => addRow(table, row));
  const counts = countItems(writes);
  const puts = writes.flatMap(({ Put }): Item[] => (Put?.Item ? [Put.Item] : []));
  const items = [...puts, ...(counted ? counts : uncounted(counts))];
  const writeOn = async (): Promise<void> => {
    for (let some = items.splice(0, BATCH); some.length > 0; some = items.splice(0, BATCH)) {
      const requests = some.map((item) => ({ PutRequest: { Item: item } }));
      await client.send(new BatchWriteCommand({ RequestItems: { [TableName]: requests } }));
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, writeOn));
};

/** What was read of a history: rows, and items of its index by hours and by seconds. */
interface Reads {
  items: number;
  counts: number;
  blocks: number;
}

const stored = z.array(z.object({ sk: z.string() }));

/** Counts the items that every query and batch reads from now on. */
export const countReads = (client: DynamoDBDocumentClient): Reads => {
  const read = { items: 0, counts: 0, blocks: 0 };
  const tally = (items: unknown): void => {
    for (const { sk } of stored.parse(items)) {
      if (sk.startsWith('COUNT#')) read.counts += 1;
      else if (sk.startsWith('FINE#')) read.blocks += 1;
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
