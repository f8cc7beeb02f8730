import { ScanCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { AssetName } from '../../shared/contracts/assets.ts';
import { type HouseName, nameOf } from '../../shared/ledger/account.ts';
import { entryItem } from '../../shared/ledger/entry.ts';
import { parseRow, type StoredRow } from '../../shared/ledger/history/row.ts';
import { journalItem, journalKey } from '../../shared/ledger/journal.ts';
import { formatUnits, type Units } from '../../shared/ledger/units.ts';
import { createTable } from '../../shared/platform/table.ts';
import type { Item } from '../../shared/platform/writes.ts';
import { testTable } from './engine.ts';

const everything = async (client: DynamoDBDocumentClient): Promise<readonly Item[]> => {
  const items: Item[] = [];
  let from: Item | undefined;
  do {
    const page = await client.send(new ScanCommand({ TableName: testTable('ledger'), ExclusiveStartKey: from }));
    items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from);
  return items;
};

/** What lies in the ledger of a test's engine. */
export const ledgerContents = (client: DynamoDBDocumentClient) => {
  const table = createTable(client, testTable('ledger'));

  /** What house accounts hold: the sums of their entries. */
  const houseBalances = async (): Promise<(name: HouseName, asset: AssetName) => Units> => {
    const items = await everything(client);
    return (name, asset) =>
      items
        .filter(({ pk }) => String(pk).startsWith(`HOUSE#${name}#${asset}#`))
        .reduce((sum, item) => sum + entryItem.parse(item).amount, 0n);
  };

  /** The legs of a movement by account, amounts as decimals; nothing where there is no such movement. */
  const movement = async (journalId: string): Promise<Readonly<Record<string, string>> | undefined> => {
    const item = await table.get(journalKey(journalId));
    if (!item) return undefined;
    const legs = journalItem.parse(item).legs;
    return Object.fromEntries(legs.map(({ account, amount }) => [nameOf(account), formatUnits(account.asset, amount)]));
  };

  /** Every movement of a kind, by its id. */
  const movements = async (kind: string): Promise<readonly string[]> =>
    (await everything(client))
      .map(({ pk }) => String(pk))
      .filter((pk) => pk.startsWith(`JOURNAL#${kind}-`))
      .map((pk) => pk.slice('JOURNAL#'.length));

  /** A user's rows, oldest first within each stream. */
  const rows = async (userId: string): Promise<readonly StoredRow[]> =>
    (await table.query({ partition: `USER#${userId}`, sortPrefix: 'ROW#', limit: 1000 })).map(parseRow);

  return { table, houseBalances, movement, movements, rows };
};
